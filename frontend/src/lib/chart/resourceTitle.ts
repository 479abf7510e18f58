import type { Summary, summarize } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { useCodeWords } from "./codeWords.ts";

/** Without words of their own, these are called by bare codes. */
const CODED = ["Claim", "ExplanationOfBenefit"];

type Resource = Pick<Parameters<typeof summarize>[0], "resourceType">;

/** What a resource is called: its own title, else its kind in words. */
export function useResourceTitle(): (resource: Resource, summary: Summary) => string {
  const { t } = useTranslation("records");
  const inWords = useCodeWords();
  return ({ resourceType }, { title }) => {
    if (title === resourceType) return t([`type.${resourceType}`, "type.other"], { type: resourceType });
    if (resourceType === "Patient") return t("personal", { name: title });
    return CODED.includes(resourceType) ? inWords(title) : title;
  };
}
