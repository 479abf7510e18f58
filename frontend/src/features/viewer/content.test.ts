import { utf8 } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { expect, it, vi } from "vitest";
import { MAX_SHOWN, showFiles } from "./content.ts";

vi.setConfig({ testTimeout: 60_000 });

const FHIR = "application/fhir+json";
type Opened = Parameters<typeof showFiles>[0][number];
const showFile = (one: Opened, validator: Parameters<typeof showFiles>[1]) => showFiles([one], validator)[0]!;
const file = (json: unknown, contentType = FHIR) => ({ contentType, data: utf8(JSON.stringify(json)) });
const person = { display: "me" };
const condition = { resourceType: "Condition", code: { text: "Asthma" }, subject: person };
const observation = { resourceType: "Observation", status: "final", code: { text: "Glucose" }, valueString: "5.4" };
const composition = { resourceType: "Composition", title: "Frame" };
const bundleOf = (...resources: unknown[]) => ({
  ...{ resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) },
});

it("shows what is valid, by category, and counts what is not", async () => {
  const validator = await loadValidator();
  const hostile = [{ resourceType: "Condition" }, null, "x", { resourceType: "constructor" }];
  const shown = showFile(file(bundleOf(observation, condition, ...hostile, composition)), validator);
  expect(shown.resources.map(({ summary }) => summary.title)).toEqual(["Asthma", "Glucose"]);
  expect([shown.kind, shown.unusable]).toEqual(["fhir", hostile.length + 1]);
  expect(showFile(file(condition), validator).resources).toHaveLength(1);
  expect(showFile(file({ resourceType: "Bundle", entry: {} }), validator)).toMatchObject({
    resources: [],
    unusable: 0,
  });
});

it("says of other files what they are, and shows nothing of them", async () => {
  const validator = await loadValidator();
  const kinds = [
    { contentType: FHIR, data: utf8("{") },
    file({}, "application/smart-health-card"),
    file("<b>x</b>", "text/html"),
    file(condition, "application/fhir+json; charset=utf-8"),
  ].map((each) => showFile(each, validator).kind);
  expect(kinds).toEqual(["unreadable", "card", "foreign", "fhir"]);
});

it("looks at so many records of all files, and reads none of a file after them", async () => {
  const validator = await loadValidator();
  const entry = Array.from({ length: 500_000 }, () => ({ resource: { resourceType: "Basic", code: { text: "x" } } }));
  const many = file({ ...bundleOf(), entry });
  const [few, most, next, card] = showFiles(
    [file(bundleOf(condition, composition)), many, file(condition), file({}, "application/smart-health-card")],
    validator,
  );
  expect(few).toMatchObject({ looked: 2, rest: 0 });
  expect(most).toMatchObject({ kind: "fhir", looked: MAX_SHOWN - 2, rest: 500_000 - MAX_SHOWN + 2 });
  expect(most!.resources).toHaveLength(MAX_SHOWN - 2);
  expect([next, card]).toMatchObject([{ kind: "beyond", resources: [] }, { kind: "card" }]);
});
