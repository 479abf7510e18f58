import { describe, expect, it } from "vitest";
import { currencyOptions, emptyBill, encodeBill, parseAmount, totalOf, type BillValues } from "./bill.ts";

const typed: BillValues = {
  services: [
    { text: "Consultation", amount: "80,50" },
    { text: "ECG", amount: "40" },
  ],
  ...{ currency: "EUR", served: "2026-11-26", insurer: "", member: "" },
};

describe("an amount", () => {
  it.each([
    ["80,50", "EUR", 80.5],
    ["٤٠", "EUR", 40],
    ["0", "EUR", 0],
    ["500", "JPY", 500],
    ["500.5", "JPY", undefined],
    ["1.255", "EUR", undefined],
    ["1,255", "EUR", undefined],
    ["-3", "EUR", undefined],
    ["<3", "EUR", undefined],
    ["", "EUR", undefined],
  ])("%s of %s is %s", (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount);
  });
});

it("a bill comes to the sum of its services, and to nothing while one cannot be read", () => {
  expect(totalOf(typed)).toBe(120.5);
  expect(totalOf(emptyBill("2026-11-26"))).toBeUndefined();
});

it("a bill is written with the amounts as numbers", () => {
  const people = { patient: { display: "Ananya" }, author: { display: "Dr Okafor" } };
  const { entry } = JSON.parse(new TextDecoder().decode(encodeBill(people, typed, "2026-11-26T09:00:00Z")));
  expect(entry[0].resource).toMatchObject({ total: { value: 120.5, currency: "EUR" } });
  expect(entry[1].resource).toMatchObject({ resourceType: "Coverage", payor: [people.patient] });
});

it("currencies are named in the reader's language", () => {
  expect(currencyOptions("es")).toContainEqual({ value: "EUR", label: "EUR – euro" });
});
