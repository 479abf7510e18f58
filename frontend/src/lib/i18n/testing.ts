import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "./languages.ts";

/** For tests: every catalogue of one language, loaded at once. */
export async function startTestI18n(language: Language): Promise<void> {
  const files = import.meta.glob<Record<string, unknown>>("../../locales/*/*.json", { import: "default", eager: true });
  const resources: Record<string, Record<string, unknown>> = {};
  for (const [path, catalogue] of Object.entries(files)) {
    const [code, name] = path.split("/").slice(-2);
    if (code === language && name) resources[name.replace(".json", "")] = catalogue;
  }
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "common",
    resources: { [language]: resources } as never,
    interpolation: { escapeValue: false },
  });
}
