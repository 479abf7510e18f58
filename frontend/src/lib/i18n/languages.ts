/** The languages of the interface, named in themselves. */
export const languages = [
  { code: "en", name: "English", dir: "ltr" },
  { code: "es", name: "Español", dir: "ltr" },
  { code: "ar", name: "العربية", dir: "rtl" },
] as const;

export type Language = (typeof languages)[number]["code"];

/** Narrows a language tag such as "es-MX" to a language of the interface; null when there is none. */
export function asLanguage(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split("-")[0];
  return languages.find(({ code }) => code === primary)?.code ?? null;
}

/** Writing direction of a language. */
export function directionOf(code: Language): "ltr" | "rtl" {
  return languages.find((language) => language.code === code)?.dir ?? "ltr";
}
