import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bundle, BundleEntry, Observation } from "@medplum/fhirtypes";
import { ROOT } from "../../scripts/lib/settings.ts";

/** Public FHIR files, beside the repository; not part of it. */
const FOLDER = join(ROOT, "../shared/data/fhir/bundles");
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const PATIENT = "5cbc121b-cd71-4428-b8b7-31e53eba8184";

/** A file about one patient, of at least `bytes`, as systems write them: a transaction, indented. */
export interface LargeBundle {
  data: Buffer;
  resources: number;
}

/** The largest public Bundle of one patient; undefined where these files are absent. */
async function publicBundle(): Promise<Bundle | undefined> {
  if (!existsSync(FOLDER)) return undefined;
  const names = (await readdir(FOLDER)).filter((name) => name.startsWith("synthea__"));
  const texts = await Promise.all(names.map((name) => readFile(join(FOLDER, name), "utf8")));
  const largest = texts.toSorted((left, right) => right.length - left.length)[0];
  return largest === undefined ? undefined : (JSON.parse(largest) as Bundle);
}

/** Blood pressures of as many days. */
function generatedBundle(count = 600): Bundle {
  const patient: BundleEntry = {
    fullUrl: `urn:uuid:${PATIENT}`,
    resource: { resourceType: "Patient", id: PATIENT, name: [{ family: "Rossi", given: ["Ada"] }] },
  };
  const entry = Array.from({ length: count }, (_, place): BundleEntry<Observation> => {
    const id = `00000000-0000-4000-8000-${place.toString(16).padStart(12, "0")}`;
    const effectiveDateTime = new Date(Date.UTC(2020, 0, 1 + place, 8)).toISOString();
    const part = (code: string, text: string, value: number) => ({
      code: { coding: [{ system: "http://loinc.org", code, display: text }], text },
      valueQuantity: { value, unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" },
    });
    const category = { system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" };
    const resource: Observation = {
      ...{ resourceType: "Observation", id, status: "final", effectiveDateTime },
      ...{ category: [{ coding: [category] }], subject: { reference: `urn:uuid:${PATIENT}` } },
      code: { coding: [{ system: "http://loinc.org", code: "85354-9" }], text: "Blood pressure" },
      component: [
        part("8480-6", "Systolic blood pressure", 110 + (place % 40)),
        part("8462-4", "Diastolic blood pressure", 70 + (place % 20)),
      ],
    };
    return { fullUrl: `urn:uuid:${id}`, resource };
  });
  return { resourceType: "Bundle", type: "collection", entry: [patient, ...entry] };
}

/** The same entries once more as others: every id is another one but those of persons and places, who stay the same. */
function again(entries: readonly BundleEntry[], shared: ReadonlySet<string>, round: number): BundleEntry[] {
  const own = entries.filter(({ resource }) => !shared.has(resource?.id ?? ""));
  const renamed = JSON.stringify(own).replaceAll(UUID, (id) =>
    shared.has(id) ? id : `${id.slice(0, -4)}${(parseInt(id.slice(-4), 16) ^ round).toString(16).padStart(4, "0")}`,
  );
  return JSON.parse(renamed) as BundleEntry[];
}

/** A Bundle of one patient, of at least `bytes`: the largest public one as often as it takes, each time with other ids. */
export async function largeBundle(bytes = 4_000_000): Promise<LargeBundle> {
  const { entry: first = [], ...frame } = (await publicBundle()) ?? generatedBundle();
  const isShared = ({ resource }: BundleEntry) =>
    ["Patient", "Practitioner", "Organization"].includes(resource?.resourceType ?? "");
  const shared = new Set(first.filter(isShared).flatMap(({ resource }) => resource?.id ?? []));
  const entry = [...first];
  let data = Buffer.alloc(0);
  for (let round = 1; data.length < bytes; round++) {
    if (round > 1) entry.push(...again(first, shared, round));
    data = Buffer.from(JSON.stringify({ ...frame, entry }, null, 2));
  }
  return { data, resources: entry.length };
}
