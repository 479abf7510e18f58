import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatRemaining, remaining } from "../lib/format/time.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";

const LONGEST_TIMER = 86_400;

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

export interface CountdownProps {
  /** Unix seconds at which it ends: the first second without. Its date belongs beside it. */
  readonly until: number;
}

/** What is left until a time, updated when its words change. */
export function Countdown({ until }: CountdownProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [now, setNow] = useState(nowInSeconds);
  const left = remaining(until - now);

  useEffect(() => {
    const next = remaining(until - now);
    if (!next) return;
    const timer = setTimeout(() => setNow(nowInSeconds()), Math.min(next.nextChange, LONGEST_TIMER) * 1000);
    return () => clearTimeout(timer);
  }, [until, now]);

  return (
    <span className="ck-nowrap">
      {left ? t("countdown.left", { time: formatRemaining(left, locale) }) : t("countdown.ended")}
    </span>
  );
}
