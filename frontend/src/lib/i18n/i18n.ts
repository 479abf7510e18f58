import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { asLanguage, directionOf, type Language } from "./languages.ts";

const KEY = "chartkey.language";
/** Milliseconds after which the first page stands and what may be needed later is fetched. */
const SETTLED = 2_000;
/** The list of each language in a file of its own: nobody needs those of the others. */
const lists = {
  en: () => import("./catalogues/en.ts"),
  es: () => import("./catalogues/es.ts"),
  ar: () => import("./catalogues/ar.ts"),
} satisfies Record<Language, unknown>;

async function load(language: string, namespace: string): Promise<Record<string, unknown>> {
  const code = asLanguage(language);
  const catalogues = code && (await lists[code]()).default;
  const catalogue = catalogues?.[`../../../locales/${language}/${namespace}.json`];
  if (!catalogue) throw new Error(`no catalogue ${language}/${namespace}`);
  return catalogue();
}

/** Fetches a catalogue when it is first asked for: one file per language and area. */
const lazyCatalogues: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, callback) {
    load(language, namespace).then(
      (catalogue) => callback(null, catalogue),
      (error: unknown) => callback(error instanceof Error ? error : new Error("catalogue not loaded"), null),
    );
  },
};

function initialLanguage(): Language {
  let saved: string | null = null;
  try {
    saved = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; the browser's languages decide.
  }
  const wanted = [saved, ...navigator.languages].map(asLanguage);
  return wanted.find((language) => language !== null) ?? "en";
}

function showLanguage(code: string): void {
  const language = asLanguage(code) ?? "en";
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

/**
 * Starts translation with the stored or the browser's language and waits for the catalogue of the shell. That of errors comes behind
 * it: when one has to be told, the server may be what failed.
 */
export async function startI18n(): Promise<void> {
  i18next.on("languageChanged", showLanguage);
  await i18next
    .use(lazyCatalogues)
    .use(initReactI18next)
    .init({
      lng: initialLanguage(),
      // Catalogues are complete in each language (checked by a test), so no second one is fetched as a fallback.
      fallbackLng: false,
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
    });
  setTimeout(() => void i18next.loadNamespaces("errors"), SETTLED);
}

/** Switches the interface to `language` and keeps the choice. */
export async function setLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Kept for this page only.
  }
}
