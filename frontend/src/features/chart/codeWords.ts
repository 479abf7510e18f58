import { useTranslation } from "react-i18next";

/** Some elements of FHIR hold a bare code, such as "laboratory"; the usual ones are said in the reader's language. */
export function useCodeWords(): (text: string) => string {
  const { t, i18n } = useTranslation("records");
  return (text) => (i18n.exists(`records:code.${text}`) ? t(`code.${text}`) : text);
}
