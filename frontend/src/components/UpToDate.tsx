import { useTranslation } from "react-i18next";
import { useLocale } from "../lib/i18n/useLocale.ts";

/** Says up to which block of the chain nothing is missing. */
export function UpToDate({ block }: { readonly block: bigint }) {
  const { t } = useTranslation();
  return <>{t("asOf", { block: block.toLocaleString(useLocale()) })}</>;
}
