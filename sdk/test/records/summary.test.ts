import type { Bundle, Composition, Observation, Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import {
  type PatientSummary,
  type SummaryGap,
  buildPatientSummary,
  canonicalJson,
  loadValidator,
  readBundle,
} from "../../src/records/index.ts";
import { bytesOf, sharedFiles } from "./files.ts";

const validator = await loadValidator();
const date = "2026-02-03T10:00:00Z";
const NO_GAPS: PatientSummary["gaps"] = new Map();
const subject = { reference: "Patient/1" };

type Item = PatientSummary["items"][number];

const allergy = (text: string, coding?: { system: string; code: string }): Item => ({
  resource: {
    resourceType: "AllergyIntolerance",
    code: { text, ...(coding === undefined ? {} : { coding: [coding] }) },
    patient: subject,
  },
});
const glucose = (value: number, effectiveDateTime: string): Item => ({
  resource: {
    resourceType: "Observation",
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "2339-0" }], text: "Glucose" },
    subject,
    effectiveDateTime,
    valueQuantity: { value, unit: "mg/dL" },
  },
});

const summaryOf = (items: Item[], more: Partial<PatientSummary> = {}) =>
  buildPatientSummary({ items, gaps: NO_GAPS, date, ...more });
const compositionOf = (bundle: Bundle) => bundle.entry![0]!.resource as Composition;
const sectionOf = (bundle: Bundle, code: string) =>
  compositionOf(bundle).section?.find((section) => section.code?.coding?.[0]?.code === code);
const entriesOf = (bundle: Bundle, code: string) =>
  (sectionOf(bundle, code)?.entry ?? []).map(
    ({ reference }) => bundle.entry?.find(({ fullUrl }) => fullUrl === reference)?.resource,
  );
const REQUIRED = ["11450-4", "48765-2", "10160-0"];

describe("International Patient Summary", () => {
  it("has the required sections and says of each why it is empty", () => {
    const none = summaryOf([]);
    for (const code of REQUIRED) {
      const section = sectionOf(none, code);
      expect(section?.emptyReason?.coding?.[0]?.code, code).toBe("unavailable");
      expect(section?.text?.div, code).toContain("No information available");
      expect(section?.entry, code).toBeUndefined();
    }
    expect(compositionOf(none).section).toHaveLength(3);
    const gaps: PatientSummary["gaps"] = new Map([
      [3, new Set<SummaryGap>(["withheld"])],
      [4, new Set<SummaryGap>(["noAccess"])],
    ]);
    const gapped = summaryOf([], { gaps });
    expect(sectionOf(gapped, "48765-2")?.emptyReason?.coding?.[0]?.code).toBe("withheld");
    expect(sectionOf(gapped, "10160-0")?.emptyReason?.coding?.[0]?.code).toBe("unavailable");
    expect(sectionOf(gapped, "10160-0")?.text?.div).toContain("No access");
    expect(sectionOf(gapped, "10160-0")?.text?.div).not.toContain("No information available");
  });

  it("says beside entries that others are missing", () => {
    const unreadable = summaryOf([allergy("Penicillin")], { gaps: new Map([[3, new Set(["unreadable"] as const)]]) });
    const section = sectionOf(unreadable, "48765-2");
    expect(section?.entry).toHaveLength(1);
    expect(section?.emptyReason).toBeUndefined();
    expect(section?.text?.div).toMatch(/Not readable.*Penicillin/);
  });

  it("shows what is known to be absent as an entry, and not beside what is there", () => {
    const none = allergy("No known allergies", {
      system: "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
      code: "no-known-allergies",
    });
    expect(entriesOf(summaryOf([none]), "48765-2")).toHaveLength(1);
    const both = entriesOf(summaryOf([none, allergy("Latex")]), "48765-2");
    expect(both).toEqual([expect.objectContaining({ code: { text: "Latex" } })]);
  });

  it("says that name and birth date are unknown rather than leaving them out", () => {
    const { resource } = summaryOf([]).entry![1]!;
    expect(validator.validate(resource!)).toEqual([]);
    expect(JSON.stringify(resource)).toContain("data-absent-reason");
  });

  it("shows the newest three of a series, and what is wrong or over not at all", () => {
    const wrong = glucose(999, "2026-02-01");
    (wrong.resource as { status: string }).status = "entered-in-error";
    const years = [2022, 2025, 2023, 2024].map((year) => glucose(90, `${year}-01-02`));
    const shown = entriesOf(summaryOf([wrong, ...years]), "30954-2");
    expect(shown.map((resource) => (resource as Observation).effectiveDateTime)).toEqual([
      "2025-01-02",
      "2024-01-02",
      "2023-01-02",
    ]);
  });

  it("takes nothing of a record over as markup", () => {
    const { div } = sectionOf(summaryOf([allergy(`<script>alert("x")</script>\u0001&`)]), "48765-2")!.text!;
    expect(div).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;");
    expect(div.match(/<[a-z/]+/g)?.sort()).toEqual(["<div", "<ul", "<li", "<b", "</b", "</li", "</ul", "</div"].sort());
  });

  it("resolves references inside, and leaves none that leads elsewhere", () => {
    const doctor: Item = {
      resource: { resourceType: "Practitioner", id: "7", name: [{ text: "Dr. Ada" }] },
      fullUrl: "http://old.example/fhir/Practitioner/7",
    };
    const problem: Item = {
      resource: {
        resourceType: "Condition",
        code: { text: "Asthma" },
        subject: { reference: "http://old.example/fhir/Patient/1" },
        asserter: { reference: "Practitioner/7" },
        encounter: { reference: "Encounter/3" },
        recorder: { reference: "Patient/1" },
      },
      fullUrl: "http://old.example/fhir/Condition/2",
    };
    const bundle = summaryOf([problem, doctor]);
    const [condition] = entriesOf(bundle, "11450-4") as unknown as [Record<string, unknown>];
    const [practitioner] = bundle.entry!.filter(({ resource }) => resource?.resourceType === "Practitioner");
    const { fullUrl: person } = bundle.entry![1]!;
    expect(condition["asserter"]).toEqual({ reference: practitioner!.fullUrl });
    expect(condition["subject"]).toEqual({ reference: person });
    expect(condition["recorder"]).toEqual({ reference: person });
    expect(condition["encounter"]).toEqual({ identifier: { value: "Encounter/3" } });
    expect(JSON.stringify(bundle)).not.toContain("old.example");
  });
});

/** Resources without what a document changes: references, and the marks of what is unknown. */
const comparable = (resource: Resource) =>
  canonicalJson(
    JSON.parse(
      JSON.stringify(resource, (key, value: unknown) =>
        key === "reference" || key === "identifier" || key === "subject" || key === "patient" ? undefined : value,
      ),
    ) as Resource,
  );

describe("International Patient Summaries of public charts", () => {
  const charts = sharedFiles().filter(({ name }) => /^bundles\/(au|synthea|inferno)__/.test(name));
  if (charts.length === 0)
    it("are not made: ../shared/data/fhir is not beside this repository", () => expect(charts).toEqual([]));

  for (const { name, bytes } of charts) {
    it(`are valid, whole inside, and give back what they hold: ${name}`, async () => {
      const { items } = await readBundle(bytes, name);
      const person = items.find(({ resource }) => resource.resourceType === "Patient")?.resource;
      const bundle = summaryOf(
        items.filter(({ resource }) => resource.resourceType !== "Composition").toReversed(),
        person?.resourceType === "Patient" ? { person } : {},
      );
      for (const { resource } of bundle.entry!)
        expect(validator.validate(resource!), resource?.resourceType).toEqual([]);
      const urls = bundle.entry!.map(({ fullUrl }) => fullUrl);
      expect(new Set(urls).size).toBe(urls.length);
      expect(urls.every((url) => url?.startsWith("urn:uuid:"))).toBe(true);
      const literals = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, literal]) => literal!);
      expect(literals.filter((literal) => !literal.startsWith("#") && !urls.includes(literal))).toEqual([]);

      const read = await readBundle(bytesOf(JSON.stringify(bundle)), "ips.json");
      expect(read).toMatchObject({ refused: [], repaired: [], needsPerson: false });
      expect(read.items.map(({ resource }) => canonicalJson(resource))).toEqual(
        bundle.entry!.map(({ resource }) => canonicalJson(resource!)),
      );
      const originals = new Set(items.map(({ resource }) => comparable(resource)));
      const own = read.items.filter(
        ({ resource }) => !["Composition", "Device", "Patient"].includes(resource.resourceType),
      );
      expect(own.filter(({ resource }) => !originals.has(comparable(resource)))).toEqual([]);
    });
  }

  for (const { name, bytes } of charts.filter(({ name }) => name.includes("aups")))
    it(`have the sections that its author gave ${name}, with the same entries`, async () => {
      const { items } = await readBundle(bytes, name);
      const theirs = items.find(({ resource }) => resource.resourceType === "Composition")?.resource as Composition;
      const bundle = summaryOf(items.filter(({ resource }) => resource.resourceType !== "Composition"));
      for (const { code, entry = [] } of theirs.section ?? []) {
        const loinc = code!.coding![0]!.code!;
        const ours = new Set(entriesOf(bundle, loinc).map((resource) => comparable(resource!)));
        const named = entry.map(({ reference }) => items.find(({ fullUrl }) => fullUrl === reference));
        expect(
          named.filter((item) => item !== undefined && !ours.has(comparable(item.resource))).map((item) => item?.path),
          loinc,
        ).toEqual([]);
      }
    });
});
