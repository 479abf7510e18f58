import { expect, it } from "vitest";
import { currencyOptions, emptyBill, encodeBill, totalOf, type BillValues } from "./bill.ts";

const typed: BillValues = {
  services: [
    { text: "Consultation", amount: "80,50" },
    { text: "ECG", amount: "40" },
  ],
  ...{ currency: "EUR", served: "2026-11-26", insurer: "", member: "" },
};

it("a bill comes to the sum of its services, and to nothing while one cannot be read", () => {
  expect(totalOf(typed, "en")).toBe(120.5);
  expect(totalOf(emptyBill("2026-11-26"), "en")).toBeUndefined();
});

it("a bill is written with the amounts as numbers", () => {
  const people = { patient: { display: "Ananya" }, author: { display: "Dr Okafor" } };
  const bytes = encodeBill(people, typed, { date: "2026-11-26T09:00:00Z", locale: "en" });
  const { entry } = JSON.parse(new TextDecoder().decode(bytes));
  expect(entry[0].resource).toMatchObject({ total: { value: 120.5, currency: "EUR" } });
  expect(entry[1].resource).toMatchObject({ resourceType: "Coverage", payor: [people.patient] });
});

it("currencies are named in the reader's language", () => {
  expect(currencyOptions("es")).toContainEqual({ value: "EUR", label: "EUR – euro" });
});
