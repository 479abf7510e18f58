import type { Identifier, Patient, Resource } from "@medplum/fhirtypes";

/** A resource of a file with the URL that references in the same file may use for it. */
export interface Located {
  resource: Resource;
  fullUrl?: string | undefined;
  path: string;
}

type Json = Record<string, unknown>;

export function isJsonObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every object below (and with) `value` that has the form of a FHIR Reference. */
export function referencesIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isJsonObject(value)) return [];
  const below = Object.entries(value).flatMap(([key, item]) => (key === "resource" ? [] : referencesIn(item)));
  return typeof value["reference"] === "string" ? [value, ...below] : below;
}

/** `http://host/fhir/Patient/1/_history/2` becomes `http://host/fhir/Patient/1`. */
function withoutVersion(url: string): string {
  return url.replace(/\/_history\/[^/]*$/, "").replace(/\|[^|]*$/, "");
}

function identifierKeys(identifiers: Identifier[] | undefined): string[] {
  return (identifiers ?? []).flatMap(({ system, value }) => (system && value ? [`identifier:${system}|${value}`] : []));
}

/** Finds out which resource of a file, or which person, a reference means (FHIR R4 Bundle, "Resolving references in Bundles"). */
export class ReferenceIndex {
  readonly #byName = new Map<string, Located | undefined>();

  constructor(entries: readonly Located[]) {
    for (const entry of entries) {
      const { resource, fullUrl } = entry;
      if (fullUrl !== undefined) this.#byName.set(withoutVersion(fullUrl), entry);
      if (resource.id !== undefined) this.#add(`${resource.resourceType}/${resource.id}`, entry);
      if (resource.resourceType === "Patient")
        for (const key of identifierKeys(resource.identifier)) this.#add(key, entry);
    }
  }

  /** Two resources of one name on different servers make the name mean neither. */
  #add(name: string, entry: Located): void {
    const known = this.#byName.get(name);
    const sameUrl = known !== undefined && known.fullUrl === entry.fullUrl;
    this.#byName.set(name, this.#byName.has(name) && !sameUrl ? undefined : entry);
  }

  /** The entry a reference from `source` means, or the normalized text of a reference to something outside the file. */
  resolve(reference: Json, source: Located): Located | string | undefined {
    const literal = reference["reference"];
    if (typeof literal !== "string") {
      const keys = isJsonObject(reference["identifier"]) ? identifierKeys([reference["identifier"] as Identifier]) : [];
      return keys[0] === undefined ? undefined : (this.#byName.get(keys[0]) ?? keys[0]);
    }
    if (literal.startsWith("#")) return this.#contained(literal, source);
    const conditional = /^Patient\?identifier=(.+)$/.exec(literal)?.[1];
    if (conditional !== undefined) {
      const key = `identifier:${decodeURIComponentSafely(conditional)}`;
      return this.#byName.get(key) ?? key;
    }
    const url = withoutVersion(literal);
    const base = /^(https?:\/\/.*\/)[A-Z]\w+\/[^/]+$/.exec(withoutVersion(source.fullUrl ?? ""))?.[1];
    const absolute = /^[a-z][a-z0-9+.-]*:/i.test(url) || base === undefined ? url : base + url;
    const relative = /(?:^|\/)([A-Z]\w+\/[A-Za-z0-9.-]{1,64})$/.exec(url)?.[1];
    return this.#byName.get(absolute) ?? (relative === undefined ? undefined : this.#byName.get(relative)) ?? absolute;
  }

  #contained(literal: string, source: Located): Located | string | undefined {
    const contained = "contained" in source.resource ? source.resource.contained : undefined;
    const found = contained?.find(({ id }) => id === literal.slice(1));
    if (found?.resourceType !== "Patient") return undefined;
    const known = identifierKeys((found as Patient).identifier).map((key) => this.#byName.get(key));
    return known.find((entry) => entry !== undefined) ?? `${source.path}.contained(${literal})`;
  }
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
