import type { Resource } from "@medplum/fhirtypes";
import { isJsonObject, type Located, ReferenceIndex, referencesIn } from "../references.ts";

/** A resource with the URL under which a document holds it; `fullUrl` is the one that it came with. */
export interface Linked extends Located {
  url: string;
}

/** What a section's resource is not understood without. */
const SUPPORTING = new Set<Resource["resourceType"]>([
  "Device",
  "Location",
  "Medication",
  "Observation",
  "Organization",
  "Practitioner",
  "PractitionerRole",
  "Specimen",
  "Substance",
]);

const PERSON_ELEMENTS = ["subject", "patient"];

type Json = Record<string, unknown>;

/** A copy in which every object that has the form of a FHIR Reference is changed. */
function withReferences(value: unknown, change: (reference: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withReferences(item, change));
  if (!isJsonObject(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item, change)]));
  return typeof value["reference"] === "string" ? change(copy) : copy;
}

/** What stands for a reference whose target is not in the document: its name, which leads nowhere. */
function unlinked({ reference, ...rest }: Json): Json {
  return rest["display"] !== undefined || rest["identifier"] !== undefined
    ? rest
    : { ...rest, identifier: { value: reference } };
}

/** Resolves references among resources of a chart, and writes them as references to entries of one document about one person. */
export class Links {
  readonly #index: ReferenceIndex;
  readonly #all: readonly Linked[];

  constructor(all: readonly Linked[]) {
    this.#all = all;
    this.#index = new ReferenceIndex(all);
  }

  /** Those, and what they are not understood without. */
  withSupporting(chosen: readonly Linked[]): Linked[] {
    const found = new Set(chosen);
    for (const entry of found)
      for (const reference of referencesIn(entry.resource)) {
        const target = this.#index.resolve(reference, entry);
        const linked = this.#all.find((each) => each === target);
        if (linked !== undefined && SUPPORTING.has(linked.resource.resourceType)) found.add(linked);
      }
    return [...found];
  }

  /** A resource as a document about one person holds it: referring to entries of that document by their URLs, and to nothing else. */
  relink(entry: Linked, document: readonly Linked[], person: string): Resource {
    const resource = entry.resource as unknown as Json;
    const own = PERSON_ELEMENTS.flatMap((element) => {
      const reference = resource[element];
      return isJsonObject(reference) ? [this.#index.resolve(reference, entry)] : [];
    });
    const change = (reference: Json): Json => {
      const literal = reference["reference"] as string;
      if (literal.startsWith("#")) return reference;
      const target = this.#index.resolve(reference, entry);
      const isPerson = typeof target === "object" && target.resource.resourceType === "Patient";
      if (isPerson || (target !== undefined && own.includes(target))) return { ...reference, reference: person };
      const linked = document.find((each) => each === target);
      return linked === undefined ? unlinked(reference) : { ...reference, reference: linked.url };
    };
    const linked = withReferences(resource, change) as Json;
    for (const element of PERSON_ELEMENTS) if (isJsonObject(linked[element])) linked[element] = { reference: person };
    return linked as unknown as Resource;
  }
}
