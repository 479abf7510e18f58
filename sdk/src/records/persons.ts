import type { ResourceType } from "@medplum/fhirtypes";
import { isJsonObject, type Located, ReferenceIndex, referencesIn } from "./references.ts";

export interface PersonSelection<T extends Located> {
  accepted: T[];
  refused: { entry: T; reason: string }[];
  /** Why nothing can be taken: the file is about several persons and does not say which one it belongs to. */
  ambiguous?: string;
  /** How the file names the person whose records were accepted. */
  person?: string;
}

/** Elements that say whose record a resource is. */
const subjectElements = ["subject", "patient", "beneficiary", "individual", "for"];

/** Resources that are about nobody's health: they may stand in a file beside the records of several persons. */
const impersonal = new Set<ResourceType>([
  "ActivityDefinition",
  "CodeSystem",
  "ConceptMap",
  "Endpoint",
  "HealthcareService",
  "Library",
  "Location",
  "Medication",
  "MedicationKnowledge",
  "Organization",
  "PlanDefinition",
  "Practitioner",
  "PractitionerRole",
  "Questionnaire",
  "StructureDefinition",
  "Substance",
  "ValueSet",
]);

/** Resources that several persons share by nature. */
const shared = new Set<ResourceType>(["Appointment", "AppointmentResponse"]);

/**
 * Separates the records of one person from everybody else's. The person is `wanted` (a reference as the file writes it), else the
 * subject of the document, else the only Patient of the file that has records, else the only person referred to. Patients joined
 * by Patient.link are one person.
 */
export function selectPerson<T extends Located>(entries: readonly T[], wanted?: string): PersonSelection<T> {
  const index = new ReferenceIndex(entries);
  const names = personNames(entries, index);
  const nameOf = (reference: Record<string, unknown>, source: Located): string[] =>
    personOf(reference, source, index, names);
  const direct = new Map(entries.map((entry) => [entry, new Set(subjectsOf(entry, names, nameOf))]));

  const withRecords = new Set(
    entries.filter(({ resource }) => resource.resourceType !== "Patient").flatMap((e) => [...(direct.get(e) ?? [])]),
  );
  const inFile = new Set(names.values());
  const all = new Set([...inFile, ...withRecords]);
  if (all.size <= 1 && wanted === undefined) return { accepted: [...entries], refused: [], ...only([...all]) };

  const person = choosePerson(entries, { wanted, inFile, withRecords, nameOf });
  if (person === undefined)
    return {
      accepted: [],
      refused: [],
      ambiguous: `The file holds records of ${all.size} persons (${[...all].slice(0, 5).join(", ")}). Import one person at a time.`,
    };

  const persons = indirectPersons(entries, direct, index, nameOf);
  const accepted: T[] = [];
  const refused: { entry: T; reason: string }[] = [];
  for (const entry of entries) {
    const type = entry.resource.resourceType;
    const about = persons.get(entry) ?? new Set<string>();
    const others = [...about].filter((name) => name !== person);
    const belongs = about.has(person) && (others.length === 0 || shared.has(type));
    if (belongs || impersonal.has(type)) accepted.push(entry);
    else
      refused.push({
        entry,
        reason: others[0] ? `Belongs to another person (${others[0]}).` : "Does not say whose record it is.",
      });
  }
  return { accepted, refused, person };
}

function only(names: string[]): { person?: string } {
  return names[0] === undefined ? {} : { person: names[0] };
}

/** Patient entry -> name of the person, one name for all Patients that are linked. */
function personNames(entries: readonly Located[], index: ReferenceIndex): Map<Located, string> {
  const names = new Map<Located, string>();
  for (const entry of entries) {
    const { resource, fullUrl, path } = entry;
    if (resource.resourceType === "Patient")
      names.set(entry, resource.id === undefined ? (fullUrl ?? path) : `Patient/${resource.id}`);
  }
  const duplicates = new Map<string, Located>();
  for (const [entry, name] of names) {
    const first = duplicates.get(name);
    if (first === undefined) duplicates.set(name, entry);
    else if (first.fullUrl !== entry.fullUrl) names.set(entry, entry.fullUrl ?? entry.path);
  }
  for (const [entry] of names) {
    for (const link of entry.resource.resourceType === "Patient" ? (entry.resource.link ?? []) : []) {
      const other = index.resolve({ ...link.other }, entry);
      const from = typeof other === "object" ? names.get(other) : undefined;
      const to = names.get(entry);
      if (from !== undefined && to !== undefined)
        for (const [each, name] of names) if (name === from) names.set(each, to);
    }
  }
  return names;
}

/** Names of the person a reference means: none for a group, a device or a practitioner. */
function personOf(
  reference: Record<string, unknown>,
  source: Located,
  index: ReferenceIndex,
  names: Map<Located, string>,
): string[] {
  const target = index.resolve(reference, source);
  if (target === undefined) return [];
  if (typeof target === "object") return [names.get(target)].filter((name) => name !== undefined);
  const type = reference["type"] ?? /(?:^|\/)([A-Z]\w+)[/?][^/]+$/.exec(target)?.[1] ?? "Patient";
  return type === "Patient" ? [target] : [];
}

type NameOf = (reference: Record<string, unknown>, source: Located) => string[];

function subjectsOf(entry: Located, names: Map<Located, string>, nameOf: NameOf): string[] {
  const own = names.get(entry);
  if (own !== undefined) return [own];
  const fields = entry.resource as unknown as Record<string, unknown>;
  return subjectElements
    .flatMap((element) => fields[element] ?? [])
    .filter(isJsonObject)
    .flatMap((reference) => nameOf(reference, entry));
}

interface Known {
  wanted: string | undefined;
  inFile: Set<string>;
  withRecords: Set<string>;
  nameOf: NameOf;
}

function choosePerson(entries: readonly Located[], { wanted, inFile, withRecords, nameOf }: Known): string | undefined {
  const nowhere: Located = { resource: { resourceType: "Basic", code: {} }, path: "" };
  if (wanted !== undefined) return nameOf({ reference: wanted }, nowhere)[0];
  const first = entries[0];
  if (first?.resource.resourceType === "Composition" && first.resource.subject) {
    const subject = nameOf({ ...first.resource.subject }, first)[0];
    if (subject !== undefined) return subject;
  }
  const candidates = inFile.size <= 1 ? inFile : new Set([...inFile].filter((name) => withRecords.has(name)));
  const decisive = inFile.size === 0 ? withRecords : candidates;
  return decisive.size === 1 ? [...decisive][0] : undefined;
}

/** Resources without a subject (Provenance, Binary, ...) belong to the persons of what they refer to and are referred to by. */
function indirectPersons<T extends Located>(
  entries: readonly T[],
  direct: Map<T, Set<string>>,
  index: ReferenceIndex,
  nameOf: NameOf,
): Map<T, Set<string>> {
  const persons = new Map<Located, Set<string>>([...direct].map(([entry, names]) => [entry, new Set(names)]));
  for (const entry of entries) {
    const own = direct.get(entry) ?? new Set();
    const targets = referencesIn(entry.resource).concat(attachmentsIn(entry.resource));
    for (const reference of targets) {
      const target = index.resolve(reference, entry);
      const isEntry = typeof target === "object";
      if (own.size === 0) {
        const about = isEntry
          ? [...((direct as Map<Located, Set<string>>).get(target) ?? [])]
          : nameOf(reference, entry).filter(isPatientName);
        for (const name of about) persons.get(entry)?.add(name);
      } else if (isEntry && (direct as Map<Located, Set<string>>).get(target)?.size === 0) {
        for (const name of own) persons.get(target)?.add(name);
      }
    }
  }
  return persons as Map<T, Set<string>>;
}

/** Outside a subject element an unresolved urn: reference may be anything. */
function isPatientName(name: string): boolean {
  return /(?:^|\/)Patient\//.test(name);
}

/** Attachment URLs (DocumentReference -> Binary) are references in all but form. */
function attachmentsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(attachmentsIn);
  if (!isJsonObject(value)) return [];
  const below = Object.values(value).flatMap(attachmentsIn);
  const url = value["url"];
  return typeof url === "string" && !("valueString" in value) ? [{ reference: url }, ...below] : below;
}
