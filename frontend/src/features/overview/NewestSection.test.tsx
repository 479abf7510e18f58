import { summarize } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { NewestSection } from "./NewestSection.tsx";

vi.mock("../../components/AccountName.tsx", () => ({ AccountName: () => null }));

const [patient, doctor] = ["0x90F79bf6EB2c4f870365E785982E1f101E93b906", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"];

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

type Place = Partial<Pick<ChartItem, "time" | "when" | "author" | "standing">>;

function item(resource: object, category: number, place: Place = {}): ChartItem {
  const summary = summarize(resource as Parameters<typeof summarize>[0]);
  const { time = 0 } = place;
  const where = { key: summary.title, categories: [category], author: doctor, time, when: time, ...place };
  return { standing: { state: "current" }, ...where, integrity: "verified", resource, summary } as unknown as ChartItem;
}
const result = (text: string, status = "final", place?: Place) =>
  item({ resourceType: "Observation", status, code: { text }, valueString: "12" }, 7, place);
const diagnosis = (text: string, place?: Place) =>
  item({ resourceType: "Condition", subject: {}, code: { text } }, 5, place);
const note = (description: string, place?: Place) =>
  item({ resourceType: "DocumentReference", status: "current", content: [], description }, 2, place);
const message = (text: string) =>
  item({ resourceType: "Communication", status: "completed", topic: { text } }, 9, { time: 99 });
const closed = (category: number) =>
  ({ key: "closed", categories: [category], integrity: "unreachable", standing: {} }) as unknown as ChartItem;

function shown(...items: ChartItem[]): string[] {
  render(<NewestSection items={items} patient={patient!.toLowerCase()} />, { wrapper: MemoryRouter });
  const lines = screen.queryAllByRole("listitem").map(({ textContent }) => textContent);
  const all = lines.length > 0 ? lines : [screen.getByRole("region").textContent];
  cleanup();
  return all;
}
const titles = (...items: ChartItem[]) => {
  render(<NewestSection items={items} patient={patient!} />, { wrapper: MemoryRouter });
  return screen.queryAllByRole("listitem").map((line) => line.querySelector("a")?.textContent);
};

it("tells nothing written from what could not be opened", () => {
  expect(shown()[0]).toContain("Nothing has been written yet.");
  expect(shown(closed(8))[0]).toContain("Nothing has been written yet.");
  expect(shown(closed(4))[0]).toContain("Entries exist that could not be opened.");
  expect(shown(closed(5))[0]).toContain("Entries exist that could not be opened.");
});

it("shows what a doctor wrote last, of any kind that has no other place, by the time of writing", () => {
  const old = diagnosis("Asthma", { time: 30 * 86_400, when: 0 });
  expect(
    titles(result("Sodium", "final", { time: 2 }), note("Today", { time: 3 }), diagnosis("Gout", { time: 4 }), old),
  ).toEqual(["Asthma", "Gout", "Today", "Sodium"]);
  expect(titles(message("Breakfast"), diagnosis("Gout"))).toContain("Gout");
  expect(screen.queryByText("Breakfast")).toBeNull();
});

it("shows what a doctor prescribed and how to take it, and no medicine that was handed out", () => {
  const words = { medicationCodeableConcept: { text: "Amoxicillin 500 mg" }, subject: {} };
  const dosageInstruction = [{ text: "1 capsule three times a day" }];
  const order = { resourceType: "MedicationRequest", status: "active", intent: "order", ...words, dosageInstruction };
  const handed = { ...words, resourceType: "MedicationDispense", status: "completed" };
  const lines = shown(item(order, 4), item(handed, 4));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^Amoxicillin 500 mg1 capsule three times a dayPrescription/);
});

it("names what an entry is, and of when one is that was written later", () => {
  const dated = {
    ...diagnosis("Asthma", { time: 30 * 86_400, when: 0 }),
    summary: { ...summarize({ resourceType: "Condition", subject: {}, code: { text: "Asthma" } }), date: "1970-01-01" },
  };
  expect(shown(dated)[0]).toMatch(/Diagnoses.*January 31, 1970.*Dated January 1, 1970/);
  expect(shown(diagnosis("Gout"))[0]).not.toContain("Dated");
});

it("takes what the patient wrote for no news, but for results", () => {
  const own = { author: patient! as ChartItem["author"] };
  expect(titles(note("My diary", own), result("Sodium", "final", own))).toEqual(["Sodium"]);
});

it("leaves out what was entered by mistake, and what was replaced", () => {
  const replaced = diagnosis("Cold", { standing: { state: "superseded" } as ChartItem["standing"] });
  expect(titles(result("Sodium", "entered-in-error"), replaced, result("Potassium"))).toEqual(["Potassium"]);
});
