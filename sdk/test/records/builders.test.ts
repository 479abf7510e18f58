import type { Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import {
  accountIdentifier,
  buildAllergy,
  buildDiagnosis,
  buildImmunization,
  buildMessage,
  buildNote,
  buildPatient,
  buildPrescription,
  buildProvenance,
  buildReferral,
  buildReport,
  buildSymptoms,
  canonicalJson,
  categories,
  categoryName,
  categoryOf,
  loadValidator,
  newFullUrl,
  resourceKey,
  summarize,
} from "../../src/records/index.ts";

const written = {
  patient: { reference: newFullUrl() },
  author: { reference: newFullUrl(), display: "Dr. Ada" },
  date: "2025-02-03T09:00:00Z",
};
const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe("builders", () => {
  it("write valid FHIR R4 in the right category", async () => {
    const validator = await loadValidator();
    const built: [Resource, keyof typeof categories, string][] = [
      [
        buildPatient({ name: " 王秀英 ", birthDate: "1980", gender: "female", phone: "1", email: "a@example.org" }),
        "administrative",
        "王秀英",
      ],
      [
        buildSymptoms({
          ...written,
          answers: [
            { question: "What brings you here?", answer: "Cough" },
            { question: "Since?", answer: " " },
          ],
        }),
        "appointment",
        "What brings you here?",
      ],
      [
        buildDiagnosis({
          ...written,
          text: "Bronchitis",
          coding: [{ system: "http://hl7.org/fhir/sid/icd-10", code: "J20.9" }],
          note: "Mild",
        }),
        "diagnosis",
        "Bronchitis",
      ],
      [
        buildPrescription({
          ...written,
          medicine: "Amoxicillin 500 mg",
          dosage: "1 three times a day",
          quantity: { value: 21, unit: "capsule" },
          refills: 0,
        }),
        "medication",
        "Amoxicillin 500 mg",
      ],
      [buildNote({ ...written, title: "Visit", text: "Lungs clear." }), "notes", "Visit"],
      [buildReport({ ...written, title: "Chest X-ray", conclusion: "No finding." }), "results", "Chest X-ray"],
      [buildImmunization({ ...written, vaccine: "Tetanus", note: "Left arm" }), "immunization", "Tetanus"],
      [buildAllergy({ ...written, substance: "Latex", note: "Rash" }), "history", "Latex"],
      [
        buildReferral({
          ...{ ...written, title: "Cardiology", reason: "Murmur, second opinion" },
          performer: {
            display: "Dr Wiśniewski",
            identifier: accountIdentifier(1, "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc"),
          },
        }),
        "correspondence",
        "Cardiology",
      ],
      [
        buildMessage({ ...written, recipients: [written.author], title: "Dose", text: "With food?" }),
        "correspondence",
        "Dose",
      ],
      [
        buildProvenance({ targets: [newFullUrl()], author: written.author, recorded: written.date }),
        "administrative",
        "Provenance",
      ],
    ];
    for (const [resource, category, title] of built) {
      expect(validator.validate(resource), resource.resourceType).toEqual([]);
      expect(categoryName(categoryOf(resource))).toBe(category);
      expect(summarize(resource).title).toBe(title);
    }
  });

  it("say how sure a diagnosis is only when its author does", () => {
    expect(buildDiagnosis({ ...written, text: "Asthma" })).not.toHaveProperty("verificationStatus");
    const unsure = buildDiagnosis({ ...written, text: "Asthma", certainty: "provisional" });
    expect(unsure.verificationStatus?.coding?.[0]?.code).toBe("provisional");
  });

  it("refuse what is missing", () => {
    expect(code(() => buildPatient({ name: " " }))).toBe("RECORD_TEXT_MISSING");
    expect(code(() => buildSymptoms({ ...written, answers: [{ question: "?", answer: "" }] }))).toBe(
      "RECORD_TEXT_MISSING",
    );
    expect(code(() => buildPrescription({ ...written, medicine: "A", dosage: "" }))).toBe("RECORD_TEXT_MISSING");
    expect(code(() => buildReport({ ...written, title: "A", conclusion: " " }))).toBe("RECORD_TEXT_MISSING");
    expect(code(() => buildReferral({ ...written, title: " ", reason: "b" }))).toBe("RECORD_TEXT_MISSING");
    expect(
      code(() => buildPrescription({ ...written, medicine: "A", dosage: "b", quantity: { value: 0, unit: "x" } })),
    ).toBe("RECORD_NUMBER_INVALID");
    expect(code(() => buildPrescription({ ...written, medicine: "A", dosage: "b", refills: 1.5 }))).toBe(
      "RECORD_NUMBER_INVALID",
    );
  });
});

describe("categories", () => {
  it("have the numbers of the protocol", () => {
    expect(Object.entries(categories).map(([name, number]) => `${number} ${name}`)).toEqual(
      "1 administrative, 2 notes, 3 history, 4 medication, 5 diagnosis, 6 immunization, 7 results, 8 appointment, 9 correspondence".split(
        ", ",
      ),
    );
  });

  it("tell a diagnosis from the history", () => {
    const condition = (category?: string): Resource => ({
      resourceType: "Condition",
      subject: {},
      ...(category ? { category: [{ coding: [{ code: category }] }] } : {}),
    });
    expect([condition("encounter-diagnosis"), condition("problem-list-item"), condition()].map(categoryOf)).toEqual([
      5, 3, 3,
    ]);
  });
});

describe("resourceKey", () => {
  it("is the same for the same content in another order, and different for other content", async () => {
    const a: Resource = { resourceType: "Basic", id: "1", code: { text: "x" } };
    const b = { code: { text: "x" }, id: "1", resourceType: "Basic" } as Resource;
    expect(canonicalJson(a)).toBe('{"code":{"text":"x"},"id":"1","resourceType":"Basic"}');
    expect(await resourceKey(a)).toBe(await resourceKey(b));
    expect(await resourceKey(a)).toMatch(/^Basic\/1#[0-9a-f]{64}$/);
    expect(await resourceKey({ ...a, code: { text: "y" } } as Resource)).not.toBe(await resourceKey(a));
  });

  it("needs well-formed text", () => {
    expect(code(() => canonicalJson({ text: "\ud800" }))).toBe("JSON_NOT_SERIALIZABLE");
  });
});
