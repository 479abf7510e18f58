import type { Resource } from "@medplum/fhirtypes";
import { isJsonObject } from "./references.ts";

/** What a resource says in prose (FHIR R4 Narrative): XHTML that somebody else wrote, to be cleaned before it is shown. */
export interface Prose {
  /** Of a section, its title, and that of the sections around it. */
  readonly title?: string;
  readonly xhtml: string;
  /** Whether the elements of the resource say the same: only then a reader misses nothing without it. */
  readonly isGenerated: boolean;
}

const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value : undefined);

function narrative(value: unknown, title: string | undefined): Prose[] {
  if (!isJsonObject(value)) return [];
  const xhtml = text(value["div"]);
  if (xhtml === undefined || value["status"] === "empty") return [];
  return [{ xhtml, isGenerated: value["status"] === "generated", ...(title !== undefined && { title }) }];
}

/** Sections of a Composition are prose first; what entries they name are records of their own. */
function sections(value: unknown, above: string | undefined): Prose[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).flatMap((section) => {
    const own = text(section["title"]);
    const title = above === undefined ? own : own === undefined ? above : `${above}: ${own}`;
    const prose = narrative(section["text"], title).map((each) => ({ ...each, isGenerated: false }));
    return [...prose, ...sections(section["section"], title)];
  });
}

/** The prose of a resource: its own, then that of its sections. */
export function proseOf(resource: Resource): Prose[] {
  const parts = resource as unknown as Record<string, unknown>;
  const own = narrative(parts["text"], undefined);
  return resource.resourceType === "Composition" ? [...own, ...sections(parts["section"], undefined)] : own;
}
