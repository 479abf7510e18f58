import type { Bundle, Claim, Coverage } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import {
  type Bill,
  CURRENCIES,
  amountText,
  buildBill,
  categories,
  categoryOf,
  currencyDecimals,
  loadValidator,
  sumAmounts,
  summarize,
} from "../../src/records/index.ts";

const validator = await loadValidator();
const bill = (more: Partial<Bill> = {}) =>
  buildBill({
    ...{ patient: { display: "Ananya Sharma" }, author: { display: "Dr Amara Okafor" }, date: "2026-11-26T09:00:00Z" },
    ...{ served: "2026-11-25", currency: "EUR", insurer: " Health Mutual ", member: "A 123" },
    services: [
      { text: "Consultation", amount: 80.1 },
      { text: "Electrocardiogram", amount: 40.2 },
    ],
    ...more,
  });
const partsOf = ({ entry }: Bundle) => entry!.map(({ resource }) => resource) as [Claim, Coverage];

describe("a bill", () => {
  it("is a valid Claim and a valid Coverage, tied to each other, both administrative", () => {
    const bundle = bill();
    const [claim, coverage] = partsOf(bundle);
    for (const resource of [bundle, claim, coverage]) expect(validator.validate(resource)).toEqual([]);
    expect([claim, coverage].map(categoryOf)).toEqual([categories.administrative, categories.administrative]);
    expect(claim.insurance[0]!.coverage.reference).toBe(bundle.entry![1]!.fullUrl);
    expect(claim).toMatchObject({ insurer: { display: "Health Mutual" }, total: { value: 120.3, currency: "EUR" } });
    expect(coverage).toMatchObject({ payor: [{ display: "Health Mutual" }], subscriberId: "A 123" });
  });

  it("without an insurer is to be paid by the patient", () => {
    const [claim, coverage] = partsOf(bill({ insurer: "", member: "A 123" }));
    expect(claim.insurer).toBeUndefined();
    expect(coverage.subscriberId).toBeUndefined();
    expect(coverage).toMatchObject({ type: { coding: [{ code: "pay" }] }, payor: [{ display: "Ananya Sharma" }] });
    expect(validator.validate(coverage)).toEqual([]);
  });

  it("says in words what was done, what it costs and who pays", () => {
    const [claim, coverage] = partsOf(bill()).map(summarize);
    expect(claim).toMatchObject({
      title: "Consultation, Electrocardiogram",
      subtitle: "professional, claim",
      date: "2026-11-25",
      value: { text: "120.30", unit: "EUR" },
    });
    expect(claim!.lines).toEqual(
      expect.arrayContaining([
        { label: "item", text: "Consultation: 80.10 EUR" },
        { label: "item", text: "Electrocardiogram: 40.20 EUR" },
        { label: "insurer", text: "Health Mutual" },
      ]),
    );
    expect(coverage).toMatchObject({
      title: "Health Mutual",
      subtitle: "EHCPOL",
      lines: [{ label: "member", text: "A 123" }],
    });
  });

  it.each([
    [{ services: [] }, "RECORD_TEXT_MISSING"],
    [{ services: [{ text: " ", amount: 1 }] }, "RECORD_TEXT_MISSING"],
    [{ services: [{ text: "X-ray", amount: -1 }] }, "RECORD_NUMBER_INVALID"],
    [{ services: [{ text: "X-ray", amount: Number.NaN }] }, "RECORD_NUMBER_INVALID"],
    [{ services: [{ text: "X-ray", amount: 0.123 }] }, "RECORD_NUMBER_INVALID"],
    [{ currency: "JPY" }, "RECORD_NUMBER_INVALID"],
    [{ currency: "EURO" }, "RECORD_NUMBER_INVALID"],
    [{ currency: "IQD", services: [{ text: "X-ray", amount: 1.2345 }] }, "RECORD_NUMBER_INVALID"],
  ])("of %j is refused", (more, code) => {
    expect(() => bill(more)).toThrow(expect.objectContaining({ code }));
  });
});

it("is written in currencies whose usual prices have fewer decimals than they do", () => {
  const [claim] = partsOf(bill({ currency: "PKR", services: [{ text: "X-ray", amount: 100.75 }] }));
  expect(claim.total).toEqual({ value: 100.75, currency: "PKR" });
});

describe("amounts", () => {
  it("are added as decimals, not as binary fractions", () => {
    expect(sumAmounts([0.1, 0.2])).toBe(0.3);
    expect(sumAmounts(Array.from({ length: 1000 }, () => 0.01))).toBe(10);
    expect(sumAmounts([])).toBe(0);
    expect(sumAmounts([10.00005, 0.00001])).toBe(10.00006);
    expect(sumAmounts([1e21, 0.5])).toBe(1e21);
    expect(sumAmounts([-5, 0.5])).toBe(-4.5);
  });

  it("have the decimals of their currency, and never lose a digit", () => {
    const ofIso = { EUR: 2, JPY: 0, KWD: 3, PKR: 2, HUF: 2, AFN: 2, IQD: 3, ISK: 0, COP: 2 };
    for (const [currency, decimals] of Object.entries(ofIso)) expect(currencyDecimals(currency)).toBe(decimals);
    expect(amountText(120.5, "EUR")).toBe("120.50");
    expect(amountText(1234567.89, "EUR")).toBe("1234567.89");
    expect(amountText(5000, "JPY")).toBe("5000");
    expect(amountText(1.2345, "EUR")).toBe("1.2345");
    expect(amountText(100.75, "PKR")).toBe("100.75");
    expect(amountText(0.0000001, "EUR")).toBe("0.0000001");
    expect(amountText(3, "not a currency")).toBe("3.00");
  });

  it("are in currencies of three capitals, each once", () => {
    expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
    expect(CURRENCIES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  });
});
