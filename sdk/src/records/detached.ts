import type { Resource } from "@medplum/fhirtypes";
import { isCanonicalBase64 } from "./base64-text.ts";
import { isJsonObject } from "./references.ts";

/**
 * Letters of base64 from which a file in a resource stays where it is until it is sealed: a chart is opened without it then. Signatures and
 * small pictures are below, and come with their resource.
 */
export const CUT_FROM = 1 << 18;

/** The key of all that is detached: `Attachment.data`, `Binary.data`. */
export const DATA = "data";

/** The JSON Pointer (RFC 6901) to a member of what another one points to. */
export const pointerTo = (pointer: string, key: string) =>
  `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const unescaped = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** Something in the place of a text of a resource: a JSON Pointer (RFC 6901), and what. */
export interface Placed<What> {
  readonly at: string;
  readonly what: What;
}

/** Takes the texts of `data` that are known out of a resource, which is not altered; in the order of canonical JSON. */
export function detach<What>(
  resource: Resource,
  texts: ReadonlyMap<string, What>,
): { resource: Resource; detached: Placed<What>[] } {
  const detached: Placed<What>[] = [];
  const without = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => without(each, `${at}/${index}`));
    if (!isJsonObject(value)) return value;
    const kept = Object.keys(value)
      .sort()
      .flatMap((key): [string, unknown][] => {
        const [text, place] = [value[key], pointerTo(at, key)];
        const what = key === DATA && typeof text === "string" ? texts.get(text) : undefined;
        if (what === undefined) return [[key, without(text, place)]];
        detached.push({ at: place, what });
        return [];
      });
    return Object.fromEntries(kept);
  };
  return texts.size === 0 ? { resource, detached } : { resource: without(resource, "") as Resource, detached };
}

/** Texts of `data` that an import would leave in their file, each standing for itself. */
export function longTexts(resource: Resource): Map<string, string> {
  const found = new Map<string, string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value))
      if (typeof each !== "string") look(each);
      else if (key === DATA && each.length >= CUT_FROM && isCanonicalBase64(each)) found.set(each, each);
  };
  look(resource);
  return found;
}

/**
 * Puts texts back into a copy of a resource. Undefined when one has no place there: no object, or something stands in it.
 * Pointers are their author's: nothing is reached by them but the resource's own objects.
 */
export function attach(resource: Resource, texts: readonly Placed<string>[]): Resource | undefined {
  const copy = structuredClone(resource);
  for (const { at, what } of texts) {
    const keys = at.split("/").slice(1).map(unescaped);
    const last = keys.pop();
    let value: unknown = copy;
    for (const key of keys)
      value = typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : null;
    if (last !== DATA || !isJsonObject(value) || Object.hasOwn(value, DATA)) return undefined;
    value[DATA] = what;
  }
  return copy;
}
