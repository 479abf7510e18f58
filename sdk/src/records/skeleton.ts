import type { Resource } from "@medplum/fhirtypes";
import { isJsonObject } from "./references.ts";

type Json = Record<string, unknown>;

/** What a Reference, an attachment or a Patient is found by. */
const KEPT = ["resourceType", "id", "reference", "type", "url"];

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(pruned).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const kept: Json = {};
  for (const [key, item] of Object.entries(value)) {
    // An identifier is a name for a person; of anything else, only its own references matter.
    const part = key === "identifier" ? item : KEPT.includes(key) && typeof item === "string" ? item : pruned(item);
    if (part !== undefined) kept[key] = part;
  }
  const isNamed = Object.keys(kept).some((key) => key !== "id" && key !== "type");
  return isNamed ? kept : undefined;
}

/**
 * What of a resource tells whose it is, and what it belongs together with: its type, ids and references. Far smaller than the resource; what
 * `selectPerson` finds in it is what it would find in the whole.
 */
export function skeletonOf(resource: Resource): Resource {
  return pruned(resource) as Resource;
}
