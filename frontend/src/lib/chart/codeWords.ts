import { useTranslation } from "react-i18next";
import { formatFhirDate, isFhirDate } from "../format/fhirDate.ts";
import { useLocale } from "../i18n/useLocale.ts";

/**
 * Some elements of FHIR hold bare codes and dates, such as "laboratory" or "1984-02-29, female"; the usual ones are said in the reader's
 * language. A text that holds anything else is what somebody wrote, and stays.
 */
export function useCodeWords(): (text: string) => string {
  const { t, i18n } = useTranslation("records");
  const locale = useLocale();
  const inWords = (part: string) => {
    if (i18n.exists(`records:code.${part}`)) return t(`code.${part}`);
    return isFhirDate(part) ? formatFhirDate(part, locale) : null;
  };
  return (text) => {
    const words = text.split(", ").map(inWords);
    return words.includes(null) ? text : words.join(" · ");
  };
}
