import { categories } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { hasCategory } from "../../lib/format/categories.ts";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

interface BirthDateProps {
  readonly birthDate: string | undefined;
  /** Mask of the categories that the doctor may read. */
  readonly read: number;
  readonly isOpen: boolean;
}

/** When the patient was born; what is not shared is told from what nobody wrote. Nothing before the chart is open. */
export function BirthDate({ birthDate, read, isOpen }: BirthDateProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  if (birthDate) return <span>{t("banner.born", { date: formatFhirDate(birthDate, locale) })}</span>;
  if (!hasCategory(read, categories.administrative)) return <span>{t("banner.birthUnknown")}</span>;
  return isOpen ? <span>{t("banner.birthUnwritten")}</span> : null;
}
