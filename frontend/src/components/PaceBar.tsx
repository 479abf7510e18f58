import type { Paced } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { formatRemaining, remaining } from "../lib/format/time.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";

interface PaceBarProps {
  /** What goes on. */
  readonly label: string;
  readonly pace: Paced;
  /** How much that is. */
  readonly format: (count: number) => string;
}

/** How far something is, how fast it goes, and how long it still takes. */
export function PaceBar({ label, pace: { done, total, rate, secondsLeft = 0 }, format }: PaceBarProps) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const left = remaining(secondsLeft);
  const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
  const words = [
    t("pace.done", { done: format(done), total: format(total) }),
    ...(rate === undefined ? [] : [t("pace.rate", { rate: format(rate) })]),
    ...(left === null ? [] : [t("pace.left", { time: formatRemaining(left, locale) })]),
  ];
  return (
    <div className="ck-s ck-2">
      <p className="mb-1" role="status">
        {label}
      </p>
      <progress className="ck-progress" max={100} value={percent} aria-label={label} />{" "}
      <span className="ck-tnum">{words.join(t("common:comma"))}</span>
    </div>
  );
}
