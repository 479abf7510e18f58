import type { Summary, summarize } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { useCodeWords } from "./codeWords.ts";
import { vitalSignOf } from "./vitalSigns.ts";

/** Without words of their own, these are called by bare codes. */
const CODED = ["Claim", "ExplanationOfBenefit"];

type Resource = Pick<Parameters<typeof summarize>[0], "resourceType">;

/** What a resource is called: a vital sign in the reader's language, all else by its own title, or by its kind in words. */
export function useResourceTitle(): (resource: Resource, summary: Summary) => string {
  const { t } = useTranslation("records");
  const inWords = useCodeWords();
  return ({ resourceType }, { title }) => {
    if (title === resourceType) return t([`type.${resourceType}`, "type.other"], { type: resourceType });
    if (resourceType === "Patient") return t("personal", { name: title });
    const sign = resourceType === "Observation" ? vitalSignOf(title) : undefined;
    if (sign) return t(`test.${sign}`);
    return CODED.includes(resourceType) ? inWords(title) : title;
  };
}
