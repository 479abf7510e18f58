import type {
  Bundle,
  CodeableConcept,
  Composition,
  CompositionSection,
  Device,
  Extension,
  Patient,
  Resource,
} from "@medplum/fhirtypes";
import type { ImportItem } from "../import.ts";
import { withoutNone } from "../absence.ts";
import { newFullUrl } from "../builders.ts";
import type { Category } from "../categories.ts";
import { summarize } from "../display.ts";
import { type Linked, Links } from "./links.ts";
import { narrative } from "./narrative.ts";
import { SECTIONS, type Section } from "./sections.ts";

/** Why a summary lacks records of a category: kept back, not granted to whoever makes it, or not readable now. */
export type SummaryGap = "withheld" | "noAccess" | "unreadable";

export interface PatientSummary {
  /** Whose summary it is; what of name and birth date is not known is said to be unknown. */
  person?: Patient | undefined;
  /** What may be shown, valid and current, newest first. */
  items: readonly Pick<ImportItem, "resource" | "fullUrl">[];
  gaps: ReadonlyMap<Category, ReadonlySet<SummaryGap>>;
  /** When it was put together: an instant. */
  date: string;
}

const PROFILE = "http://hl7.org/fhir/uv/ips/StructureDefinition/";
const DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
const EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

const REMARKS: Readonly<Record<SummaryGap, string>> = {
  withheld: "Withheld: records of this section are kept back from this summary.",
  noAccess: "No access: whoever made this summary may not read all records of this section.",
  unreadable: "Not readable: records of this section exist that could not be opened.",
};
const NONE_RECORDED = "No information available: the chart holds no FHIR record for this section.";

const concept = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});
const unknown: { extension: Extension[] } = { extension: [{ url: DATA_ABSENT, valueCode: "unknown" }] };

function gapsOf(section: Section, { gaps }: Pick<PatientSummary, "gaps">): SummaryGap[] {
  const found = new Set(section.categories.flatMap((category) => [...(gaps.get(category) ?? [])]));
  return (Object.keys(REMARKS) as SummaryGap[]).filter((gap) => found.has(gap));
}

function emptyReason(gaps: readonly SummaryGap[], text: string): CodeableConcept {
  return { ...concept(EMPTY_REASON, gaps.includes("withheld") ? "withheld" : "unavailable"), text };
}

function codeKey({ resource }: Linked): string {
  const { code } = resource as { code?: CodeableConcept };
  const [coding] = code?.coding ?? [];
  return `${resource.resourceType} ${coding?.code === undefined ? JSON.stringify(code) : `${coding.system}|${coding.code}`}`;
}

const SHOWN_OF_CODE = 3;

function newestOfEach(entries: readonly Linked[]): Linked[] {
  const counts = new Map<string, number>();
  return entries.filter((entry) => {
    const count = (counts.get(codeKey(entry)) ?? 0) + 1;
    counts.set(codeKey(entry), count);
    return count <= SHOWN_OF_CODE;
  });
}

/** Milliseconds of what a resource is about; a partial date is its begin, and none is before all others. */
function timeOf({ resource }: Linked): number {
  const time = Date.parse(summarize(resource).date ?? "");
  return Number.isNaN(time) ? -8.64e15 : time;
}

/** Newest first, by what they are about. "No known allergies" is left out beside an allergy. */
function shownIn(section: Section, all: readonly Linked[]): Linked[] {
  const held = all.filter(({ resource }) => section.holds(resource)).sort((a, b) => timeOf(b) - timeOf(a));
  const shown = withoutNone(held, ({ resource }) => resource);
  return section.newest ? newestOfEach(shown) : [...shown];
}

/** The sections that a summary has. */
function sectionsOf(all: readonly Linked[], summary: Pick<PatientSummary, "gaps">) {
  return SECTIONS.map((section) => ({
    section,
    shown: shownIn(section, all),
    gaps: gapsOf(section, summary),
  })).filter(({ section, shown }) => section.required || shown.length > 0);
}

/** What a summary shows, for paper or screen: LOINC code of each section, its resources, and what is missing of it. */
export function summarySections(
  summary: Pick<PatientSummary, "items" | "gaps">,
): { code: string; resources: Resource[]; gaps: SummaryGap[] }[] {
  return sectionsOf(located(summary.items), summary).map(({ section, shown, gaps }) => ({
    code: section.code,
    resources: shown.map(({ resource }) => resource),
    gaps,
  }));
}

function sectionOf(section: Section, shown: readonly Linked[], gaps: readonly SummaryGap[]): CompositionSection {
  const remarks = gaps.map((gap) => REMARKS[gap]);
  const said = shown.length === 0 && remarks.length === 0 ? [NONE_RECORDED] : remarks;
  return {
    title: section.title,
    code: concept("http://loinc.org", section.code, section.display),
    text: narrative(
      said,
      shown.map(({ resource }) => resource),
    ),
    ...(shown.length === 0
      ? { emptyReason: emptyReason(gaps, said.join(" ")) }
      : { entry: shown.map(({ url }) => ({ reference: url })) }),
  };
}

/** Without its links to other Patients: a document is about one. */
function patientOf({ link: _, ...person }: Patient = { resourceType: "Patient" }): Patient {
  const named = person.name !== undefined && person.name.length > 0;
  const born = person.birthDate !== undefined;
  return {
    ...person,
    ...(named ? {} : { name: [unknown] }),
    // The element beside a primitive holds its extensions; the types of FHIR have no name for it.
    ...(born ? {} : ({ _birthDate: unknown } as object)),
  };
}

const AUTHOR: Device = {
  resourceType: "Device",
  deviceName: [{ name: "Chartkey", type: "user-friendly-name" }],
  type: { text: "Software that puts a summary together from a patient's chart" },
};

/** Resources with the URLs that they have in the document: a UUID of their own, unless another one has it, else a new one. */
function located(items: PatientSummary["items"]): Linked[] {
  const taken = new Set<string>();
  return items.map(({ resource, fullUrl }, place) => {
    const own = fullUrl !== undefined && fullUrl.startsWith("urn:uuid:") && !taken.has(fullUrl);
    const url = own ? fullUrl : newFullUrl();
    taken.add(url);
    return { resource, fullUrl, path: `[${place}]`, url };
  });
}

/**
 * An International Patient Summary (HL7 IPS 2.0.1): a document of what a chart says now, for other systems and for people. A required
 * section without records says why: none recorded, withheld, no access, or not readable. What a record itself says to be absent ("no known
 * allergies") is an entry like others.
 */
export function buildPatientSummary(summary: PatientSummary): Bundle {
  const { date } = summary;
  const all = located(summary.items);
  const links = new Links(all);
  const subject: Linked = { resource: patientOf(summary.person), path: "Patient", url: newFullUrl() };
  const author = newFullUrl();
  const sections = sectionsOf(all, summary);
  const held = links.withSupporting([...new Set(sections.flatMap(({ shown }) => shown))]);
  const composition: Composition = {
    resourceType: "Composition",
    meta: { profile: [`${PROFILE}Composition-uv-ips`] },
    language: "en",
    status: "final",
    type: concept("http://loinc.org", "60591-5", "Patient summary Document"),
    subject: { reference: subject.url },
    date,
    author: [{ reference: author }],
    title: "International Patient Summary",
    section: sections.map(({ section, shown, gaps }) => sectionOf(section, shown, gaps)),
  };
  return {
    resourceType: "Bundle",
    meta: { profile: [`${PROFILE}Bundle-uv-ips`] },
    identifier: { system: "urn:ietf:rfc:3986", value: newFullUrl() },
    type: "document",
    timestamp: date,
    entry: [
      { fullUrl: newFullUrl(), resource: composition },
      ...[subject, ...held].map((entry) => ({
        fullUrl: entry.url,
        resource: links.relink(entry, held, subject.url),
      })),
      { fullUrl: author, resource: AUTHOR },
    ],
  };
}
