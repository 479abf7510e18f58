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

/** What FHIR R4 forbids a narrative to have (https://hl7.org/fhir/R4/narrative.html): scripts, events, frames, forms, and what loads. */
const ACTING =
  /<\s*(?:script|style|link|base|meta|i?frame|object|embed|applet|form)\b|\son[a-z]+\s*=|\bjavascript\s*:/i;

function* divsOf(value: unknown, path: string): Generator<[path: string, xhtml: string]> {
  if (!isJsonObject(value)) return;
  const { text: prose, section } = value;
  if (isJsonObject(prose) && typeof prose["div"] === "string") yield [`${path}.text.div`, prose["div"]];
  if (Array.isArray(section))
    for (const [index, each] of section.entries()) yield* divsOf(each, `${path}.section[${index}]`);
}

/** Paths below a resource of narratives that have what FHIR forbids because it acts, such as `.text.div`. */
export function actingProse(resource: Resource): string[] {
  return [...divsOf(resource, "")].filter(([, xhtml]) => ACTING.test(xhtml)).map(([path]) => path);
}

/** The prose of a resource: its own, then that of its sections. */
export function proseOf(resource: Resource): Prose[] {
  const parts = resource as unknown as Record<string, unknown>;
  const own = narrative(parts["text"], undefined);
  return resource.resourceType === "Composition" ? [...own, ...sections(parts["section"], undefined)] : own;
}
