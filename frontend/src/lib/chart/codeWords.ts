import { useTranslation } from "react-i18next";
import { formatFhirDate, isFhirDate } from "../format/fhirDate.ts";
import { useLocale } from "../i18n/useLocale.ts";

/** Codes that records also name by the English display of their value set, such as "Vital Signs" for "vital-signs". */
const DISPLAYED = new Set([
  ...["laboratory", "vital-signs", "imaging", "social-history", "survey", "exam", "procedure", "therapy", "activity"],
  ...["encounter-diagnosis", "problem-list-item", "health-concern"],
  ...["confirmed", "provisional", "unconfirmed", "refuted", "differential", "mild", "moderate", "severe"],
  ...["ambulatory", "inpatient-encounter", "married", "never-married", "divorced", "widowed"],
]);

/**
 * Some elements of FHIR hold bare codes and dates, such as "laboratory" or "1984-02-29, female"; the usual ones are said in the reader's
 * language. A text that holds anything else is what somebody wrote, and stays.
 */
export function useCodeWords(): (text: string) => string {
  const { t, i18n } = useTranslation("records");
  const locale = useLocale();
  const inWords = (part: string) => {
    const displayed = part.toLowerCase().replaceAll(" ", "-");
    const code = DISPLAYED.has(displayed) ? displayed : part;
    if (i18n.exists(`records:code.${code}`)) return t(`code.${code}`);
    return isFhirDate(part) ? formatFhirDate(part, locale) : null;
  };
  return (text) => {
    const words = text.split(", ").map(inWords);
    return words.includes(null) ? text : words.join(" · ");
  };
}
