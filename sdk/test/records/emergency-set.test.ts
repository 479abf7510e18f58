import { beforeAll, describe, expect, it } from "vitest";
import {
  type EmergencyItem,
  type Validator,
  buildDiagnosis,
  buildEmergencySet,
  buildPrescription,
  emergencyKind,
  loadValidator,
  readEmergencySet,
} from "../../src/records/index.ts";

const date = "2026-11-24T08:00:00Z";
const written = { patient: { display: "Ananya" }, author: { display: "Ananya" }, date };
const coded = (code: string) => ({ coding: [{ system: "http://terminology.hl7.org/CodeSystem/x", code }] });
const allergy = (more: object = {}) =>
  ({
    resourceType: "AllergyIntolerance",
    code: { text: "Penicillin" },
    patient: {},
    ...more,
  }) as EmergencyItem["resource"];
const details = {
  ...{ name: "Ananya Sharma", birthDate: "1984-02-29", bloodGroup: "0 negative", note: "Hearing aid" },
  contact: { name: "Ravi", phone: "+91 98 7654" },
};
const items: EmergencyItem[] = [
  { url: "urn:chartkey:0x1:0:0", kind: "allergy", resource: allergy() },
  {
    ...{ url: "urn:chartkey:0x2:0:0", kind: "medication" },
    resource: buildPrescription({ ...written, medicine: "Metformin", dosage: "1 a day" }),
  },
  { url: "urn:chartkey:0x3:0:0", kind: "diagnosis", resource: buildDiagnosis({ ...written, text: "Diabetes" }) },
];
let validator: Validator;

beforeAll(async () => {
  validator = await loadValidator();
}, 60_000);

describe("an emergency set", () => {
  it("is a valid FHIR document, and reads back as it was put together", () => {
    const bundle = buildEmergencySet({ details, items, date });
    expect(validator.validate(bundle)).toEqual([]);
    const [first] = bundle.entry ?? [];
    expect(first?.resource).toMatchObject({
      ...{ resourceType: "Composition", type: { coding: [{ code: "60591-5" }] } },
      section: items.map(({ url }) => ({ entry: [{ reference: url }] })),
    });
    const read = readEmergencySet(bundle, validator);
    expect(read).toMatchObject({ details, date, unreadable: 0 });
    expect(read.items.map(({ url, kind }) => [url, kind])).toEqual(items.map(({ url, kind }) => [url, kind]));
  });

  it("holds nothing of the person that was not said: no name, number or narrative that a record brings along", () => {
    const named = allergy({
      text: { status: "generated", div: "<div>Ananya</div>" },
      identifier: [{ value: "Ananya-1" }],
      contained: [
        { resourceType: "Patient", id: "p", name: [{ text: "Ananya" }] },
        { resourceType: "Medication", id: "m", code: { text: "Adrenaline" } },
      ],
      recorder: { display: "Ananya" },
      note: [{ text: "Since 2010", authorString: "Ananya" }],
    });
    const all = [...items.slice(1), { url: "urn:chartkey:0x4:0:0", kind: "allergy" as const, resource: named }];
    const bundle = buildEmergencySet({ details: {}, items: all, date });
    expect(validator.validate(bundle)).toEqual([]);
    expect(JSON.stringify(bundle)).not.toContain("Ananya");
    for (const kept of ["Adrenaline", "Since 2010"]) expect(JSON.stringify(bundle)).toContain(kept);
    expect(readEmergencySet(bundle, validator)).toMatchObject({ details: {}, unreadable: 0 });
  });

  it("counts what it cannot show, instead of leaving it out unseen", () => {
    const bundle = buildEmergencySet({ details, items, date });
    const hostile = [
      { fullUrl: "urn:x", resource: { ...allergy(), code: { text: { toString: 1 } } } },
      { fullUrl: "urn:y", resource: { resourceType: "Nonsense" } },
      { fullUrl: "urn:z", resource: allergy({ clinicalStatus: coded("resolved") }) },
      { resource: allergy() },
      null,
    ];
    const read = readEmergencySet({ ...bundle, entry: [...(bundle.entry ?? []), ...hostile] }, validator);
    expect(read.items).toHaveLength(items.length);
    expect(read.unreadable).toBe(hostile.length);
  });

  it("O12 is refused when it is no document", () => {
    for (const wrong of [
      undefined,
      null,
      [],
      {},
      { resourceType: "Bundle", type: "collection", timestamp: date, entry: [] },
    ])
      expect(() => readEmergencySet(wrong, validator)).toThrow(
        expect.objectContaining({ code: "EMERGENCY_SET_MALFORMED" }),
      );
  });
});

describe("what helps in an emergency", () => {
  it("is what applies now: an allergy without a status too, and nothing that is over or was wrong", () => {
    expect(emergencyKind(allergy())).toBe("allergy");
    expect(emergencyKind(allergy({ clinicalStatus: coded("active") }))).toBe("allergy");
    for (const status of ["inactive", "resolved"])
      expect(emergencyKind(allergy({ clinicalStatus: coded(status) }))).toBeUndefined();
    for (const status of ["refuted", "entered-in-error"])
      expect(emergencyKind(allergy({ verificationStatus: coded(status) }))).toBeUndefined();
    const [, medication, diagnosis] = items.map(({ resource }) => resource);
    expect(emergencyKind({ ...medication, status: "stopped" } as EmergencyItem["resource"])).toBeUndefined();
    expect(
      emergencyKind({ ...diagnosis, clinicalStatus: coded("remission") } as EmergencyItem["resource"]),
    ).toBeUndefined();
    expect(emergencyKind({ resourceType: "Observation", status: "final", code: {} })).toBeUndefined();
  });
});
