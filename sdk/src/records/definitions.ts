import type { StructureDefinition } from "@medplum/fhirtypes";

/**
 * One element of a structure definition: path, minimum, maximum ("1", "*"), maximum of the base element (more than one means a JSON
 * array), type codes separated by spaces, URL of the value set of a required binding, path of the element whose content it repeats.
 * Empty strings at the end are left out.
 */
export type SlimElement = [
  path: string,
  min: number,
  max: string,
  baseMax: string,
  types?: string,
  valueSet?: string,
  contentReference?: string,
];

export interface SlimDefinition {
  name: string;
  type: string;
  url: string;
  kind: StructureDefinition["kind"];
  elements: SlimElement[];
}

/** Value set URL -> code system URL -> codes. */
export type CodeSets = Record<string, Record<string, string[]>>;

/** Brings a slim definition back into the form that @medplum/core indexes. */
export function expandDefinition(slim: SlimDefinition): StructureDefinition {
  return {
    resourceType: "StructureDefinition",
    name: slim.name,
    type: slim.type,
    url: slim.url,
    kind: slim.kind,
    status: "active",
    abstract: false,
    snapshot: {
      element: slim.elements.map(([path, min, max, baseMax, types, valueSet, contentReference]) => ({
        id: path,
        path,
        min,
        max,
        base: { path, min, max: baseMax },
        ...(types ? { type: types.split(" ").map((code) => ({ code })) } : {}),
        ...(valueSet ? { binding: { strength: "required", valueSet } } : {}),
        ...(contentReference ? { contentReference: `#${contentReference}` } : {}),
      })),
    },
  };
}
