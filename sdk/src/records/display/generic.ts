import type { CodeableConcept, Coding, HumanName, Period, Quantity, Reference, Resource } from "@medplum/fhirtypes";
import { isJsonObject } from "../references.ts";
import { type Summary, summary } from "./summary.ts";
import { codingText, conceptText, humanNameText, periodText, quantityText, referenceText } from "./text.ts";

const titleElements = ["title", "name", "code", "description", "type", "category", "topic", "focus", "identifier"];
const dateElements = [
  "date",
  "recorded",
  "authoredOn",
  "created",
  "issued",
  "sent",
  "occurrenceDateTime",
  "effectiveDateTime",
  "period",
];
const unshown = new Set([
  "resourceType",
  "id",
  "meta",
  "implicitRules",
  "text",
  "contained",
  "extension",
  "modifierExtension",
  "language",
]);

/** A view of any resource by the forms its elements have: texts, codes, names, quantities, periods and references. */
export function generic(resource: Resource): Summary {
  const fields = new Map<string, unknown>(Object.entries(resource));
  const text = (name: string): string | undefined => elementText(fields.get(name));
  const date = dateElements.map((name) => fields.get(name)).find((value) => value !== undefined);
  const status = fields.get("status");
  return summary(resource.resourceType, {
    title: titleElements.map(text).find((value) => value !== undefined),
    date:
      typeof date === "string"
        ? date
        : isJsonObject(date) && typeof date["start"] === "string"
          ? date["start"]
          : undefined,
    status: typeof status === "string" ? status : undefined,
    lines: [...fields]
      .filter(([name]) => !unshown.has(name) && !name.startsWith("_"))
      .map(([name, value]) => [name, elementText(value)]),
  });
}

/** Plain text of an element, or undefined for a structure without an obvious text. */
function elementText(value: unknown): string | undefined {
  if (typeof value === "string") return value.length > 500 ? undefined : value || undefined;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value))
    return (
      value
        .map(elementText)
        .filter((text) => text !== undefined)
        .join(", ") || undefined
    );
  if (!isJsonObject(value)) return undefined;
  if (Array.isArray(value["coding"])) return conceptText(value as CodeableConcept);
  if ("family" in value || "given" in value) return humanNameText(value as HumanName);
  if ("start" in value || "end" in value) return periodText(value as Period);
  if (typeof value["reference"] === "string" || typeof value["display"] === "string")
    return referenceText(value as Reference) ?? codingText(value as Coding);
  if (typeof value["value"] === "number") return quantityText(value as Quantity);
  return [value["text"], value["display"], value["value"], value["code"], value["title"]].find(
    (text) => typeof text === "string" && text !== "",
  ) as string | undefined;
}
