import type { Check } from "@chartkey/sdk/verify";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "../../components/StatusBadge.tsx";

const tones = { ok: "ok", broken: "bad", none: "plain" } as const;
const glyphs = { ok: "check", broken: "xCircle", none: "dashCircle" } as const;

/** The result of a check computed here: a tick beside what was checked; the word is seen only when it is no tick. */
export function CheckMark({ check, children }: { readonly check: Check; readonly children?: ReactNode }) {
  const { t } = useTranslation("audit");
  return (
    <StatusBadge tone={tones[check]} icon={glyphs[check]}>
      <span className={check === "ok" && children ? "visually-hidden" : undefined}>{t(`check.${check}`)} </span>
      {children}
    </StatusBadge>
  );
}
