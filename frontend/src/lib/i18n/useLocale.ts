import { useTranslation } from "react-i18next";
import { asLanguage } from "./languages.ts";

/** The locale for dates and numbers: the browser's own variant of the shown language, such as "en-GB", else the language. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? i18n.language;
  return navigator.languages.find((tag) => asLanguage(tag) === language && isLocale(tag)) ?? language;
}

/** Whether `Intl` takes the tag: some systems name a language such as "en-US@posix", which is no BCP 47 tag. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
