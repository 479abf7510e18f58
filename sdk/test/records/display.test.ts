import type { Observation, Quantity, Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import { readBundle, summarize } from "../../src/records/index.ts";
import { fixture } from "./files.ts";

const subject = { reference: "Patient/p" };
const observation = (fields: Partial<Observation>): Observation => ({
  resourceType: "Observation",
  status: "final",
  code: { text: "Test" },
  ...fields,
});
const value = (fields: Partial<Observation>) => summarize(observation(fields)).value;
const line = (resource: Resource, label: string) =>
  summarize(resource)
    .lines.filter((each) => each.label === label)
    .map(({ text }) => text);

describe("summarize", () => {
  it("keeps names in any script and partial dates partial", async () => {
    const { items } = await readBundle(fixture("family-practice.json"), "f.json");
    const all = items.map(({ resource }) => summarize(resource));
    expect(all.map(({ title }) => title)).toEqual([
      "Олена Ковальчук",
      "ዶ/ር ሰላም ተስፋዬ",
      "عيادة الأسرة",
      "Annual review",
      "Type 2 diabetes mellitus",
      "Гострий синусит",
      "HbA1c",
      "Blood pressure",
      "Diabetes panel",
      "Metformin 850 mg",
      "Penicillin",
      "Influenza, seasonal",
      "Ваші результати готові.",
    ]);
    expect(all[0]).toMatchObject({ subtitle: "1974-03, female" });
    expect(all[4]).toMatchObject({ date: "2019", status: "active" });
    expect(all[4]?.lines).toContainEqual({ label: "code", text: "ICD-10 E11.9" });
    expect(all[6]?.value).toEqual({ text: "7.9", unit: "%", interpretation: "high", range: "4 - 6 %" });
    expect(all[7]?.value).toEqual({ text: "138/84", unit: "mmHg" });
    expect(all[9]).toMatchObject({ subtitle: "1 tablet twice a day with food" });
    expect(all[9]?.lines).toEqual(
      expect.arrayContaining([
        { label: "quantity", text: "60 tablet" },
        { label: "refills", text: "2" },
      ]),
    );
    expect(all[10]?.lines).toContainEqual({ label: "reaction", text: "Hives, moderate" });
    expect(all[11]?.date).toBe("2024-10");
  });

  it("shows every kind of value", () => {
    expect(value({ valueString: "<b>bold</b>" })?.text).toBe("<b>bold</b>");
    expect(value({ valueBoolean: false })?.text).toBe("false");
    expect(value({ valueInteger: 0 })?.text).toBe("0");
    expect(value({ valueCodeableConcept: { coding: [{ code: "A" }, { code: "B", display: "Blood" }] } })?.text).toBe(
      "Blood",
    );
    expect(value({ valueRange: { low: { value: 1, unit: "mg" }, high: { value: 2, unit: "mg" } } })?.text).toBe(
      "1 - 2 mg",
    );
    expect(value({ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } })?.text).toBe("1 / 128");
    expect(value({ valuePeriod: { start: "2024" } })?.text).toBe("2024 -");
    expect(value({ valueDateTime: "2024-05" })?.text).toBe("2024-05");
    expect(value({ valueTime: "10:00:00" })?.text).toBe("10:00:00");
    expect(value({ valueSampledData: { origin: { value: 0 }, period: 1, dimensions: 1, data: "1 2 3" } })?.text).toBe(
      "1 2 3",
    );
    expect(value({ valueQuantity: { value: 136.3233687691286, unit: "mmHg", comparator: "<" } })).toEqual({
      text: "<136.323",
      unit: "mmHg",
    });
    expect(value({})).toBeUndefined();
  });

  it("takes the interpretation given, else judges by one plain range in the same unit", () => {
    const range = [{ low: { value: 3.5, unit: "mmol/L" }, high: { value: 5, unit: "mmol/L" } }];
    const judged = (quantity: Quantity, referenceRange: Observation["referenceRange"] = range) =>
      value({ valueQuantity: quantity, referenceRange })?.interpretation;
    expect(judged({ value: 5, unit: "mmol/L" })).toBe("normal");
    expect(judged({ value: 5.1, unit: "mmol/L" })).toBe("high");
    expect(judged({ value: 3.4, unit: "mmol/L" })).toBe("low");
    expect(judged({ value: 3.5, unit: "mmol/L", comparator: "<" })).toBe("low");
    expect(judged({ value: 6, unit: "mmol/L", comparator: "<" })).toBeUndefined();
    expect(judged({ value: 90, unit: "mg/dL" })).toBeUndefined();
    const [{ low, high }] = range as [Required<(typeof range)[0]>];
    const [from, upTo] = [[{ low }], [{ high }]];
    expect(judged({ value: 92, unit: "mmol/L" }, from)).toBe("normal");
    expect(judged({ value: 3, unit: "mmol/L" }, from)).toBe("low");
    expect(judged({ value: 90, unit: "mmol/L", comparator: ">" }, from)).toBe("normal");
    expect(judged({ value: 3, unit: "mmol/L", comparator: ">" }, from)).toBeUndefined();
    expect(judged({ value: 4, unit: "mmol/L", comparator: "<" }, from)).toBeUndefined();
    expect(judged({ value: 4, unit: "mmol/L", comparator: "<=" }, upTo)).toBe("normal");
    expect(judged({ value: 4, unit: "mmol/L", comparator: ">" }, upTo)).toBeUndefined();
    expect(judged({ value: 9, unit: "mmol/L" }, [...range, ...range])).toBeUndefined();
    expect(judged({ value: 9, unit: "mmol/L" }, [{ ...range[0], age: { low: { value: 60 } } }])).toBeUndefined();
    const coded = (code: string) =>
      value({
        valueQuantity: { value: 9, unit: "mmol/L" },
        referenceRange: range,
        interpretation: [{ coding: [{ code }] }],
      });
    expect(coded("HH")?.interpretation).toBe("critical");
    expect(coded("N")?.interpretation).toBe("normal");
    expect(coded("local")?.interpretation).toBeUndefined();
  });

  it("builds a dosage without a text", () => {
    const request: Resource = {
      resourceType: "MedicationRequest",
      status: "active",
      intent: "order",
      subject,
      medicationReference: { reference: "#m" },
      dispenseRequest: { quantity: { value: 21, unit: "tablets" } },
      contained: [{ resourceType: "Medication", id: "m", code: { text: "Ibuprofen" } }],
      dosageInstruction: [
        {
          timing: { repeat: { frequency: 3, period: 1, periodUnit: "d" } },
          doseAndRate: [{ doseQuantity: { value: 1, unit: "tablet" } }],
          asNeededBoolean: true,
        },
      ],
    };
    const { title, subtitle } = summarize(request);
    expect({ title, subtitle }).toEqual({
      title: "Ibuprofen",
      subtitle: "1 tablet, 3 x / 1 d, as needed",
    });
    expect(line(request, "dosage")).toEqual(["1 tablet, 3 x / 1 d, as needed"]);
  });

  it("lists answers, nested ones too", () => {
    const response: Resource = {
      resourceType: "QuestionnaireResponse",
      status: "completed",
      item: [
        {
          linkId: "1",
          text: "Pain",
          answer: [{ valueBoolean: true, item: [{ linkId: "1.1", text: "Where", answer: [{ valueString: "左肩" }] }] }],
        },
        { linkId: "2", item: [{ linkId: "2.1", answer: [{ valueCoding: { display: "Mild" } }, { valueInteger: 3 }] }] },
      ],
    };
    expect(line(response, "answer")).toEqual(["Pain: true", "Where: 左肩", "2.1: Mild, 3"]);
  });

  it("has a view for types without one of their own", () => {
    expect(
      summarize({
        resourceType: "Flag",
        status: "active",
        code: { text: "Falls easily" },
        subject,
        period: { start: "2024" },
      }),
    ).toEqual({
      title: "Falls easily",
      date: "2024",
      status: "active",
      lines: [
        { label: "status", text: "active" },
        { label: "code", text: "Falls easily" },
        { label: "subject", text: "Patient/p" },
        { label: "period", text: "2024 -" },
      ],
    });
    expect(summarize({ resourceType: "Parameters" })).toEqual({ title: "Parameters", lines: [] });
  });
});
