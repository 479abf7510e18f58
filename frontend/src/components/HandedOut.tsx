import type { Dispensing } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { formatList } from "../lib/format/list.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";

export interface HandedOutProps {
  readonly amounts: Dispensing["amounts"];
  /** Names of the medicines by their place, where they are known. */
  readonly names?: readonly string[];
}

/** What was handed out at one time, in words. */
export function HandedOut({ amounts, names = [] }: HandedOutProps) {
  const { t } = useTranslation("scan");
  const locale = useLocale();
  const parts = amounts.flatMap((amount, place) =>
    amount === 0
      ? []
      : [
          t("amount", {
            medicine: names[place] ?? t("medicine", { number: (place + 1).toLocaleString(locale) }),
            amount: amount.toLocaleString(locale),
          }),
        ],
  );
  return <bdi>{formatList(parts, locale)}</bdi>;
}
