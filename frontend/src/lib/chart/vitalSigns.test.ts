import { BLOOD_PRESSURE, COMMON_TESTS } from "@chartkey/sdk/records";
import { expect, it } from "vitest";
import { languages } from "../i18n/languages.ts";
import { VITAL_SIGNS, vitalSignOf } from "./vitalSigns.ts";

const catalogues = import.meta.glob<{ test: Record<string, string> }>("../../locales/*/records.json", {
  import: "default",
  eager: true,
});

it.each(languages)("knows every vital sign by the name that our form writes in $name", ({ code }) => {
  const { test } = catalogues[`../../locales/${code}/records.json`]!;
  for (const sign of VITAL_SIGNS) expect([test[sign], vitalSignOf(test[sign] ?? "")]).toEqual([test[sign], sign]);
});

it("covers the signs that the form offers", () => {
  const offered = [BLOOD_PRESSURE, ...COMMON_TESTS].filter(({ category }) => category === "vital-signs");
  expect(new Set(VITAL_SIGNS)).toEqual(new Set([...offered.map(({ analyte }) => analyte), "systolic", "diastolic"]));
});

it("takes words with anything added for what somebody wrote", () => {
  expect(vitalSignOf("heart RATE")).toBe("heartRate");
  expect(vitalSignOf("Heart rate, standing")).toBeUndefined();
  expect(vitalSignOf("Glucose")).toBeUndefined();
});
