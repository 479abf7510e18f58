import { utf8 } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { expect, it, vi } from "vitest";
import { cardFile, newCardIssuer } from "../../../../test/support/card-issuer.ts";
import { MAX_SHOWN, showFiles } from "./content.ts";

vi.setConfig({ testTimeout: 60_000 });

const FHIR = "application/fhir+json";
const CARDS = "application/smart-health-card";
type Opened = Parameters<typeof showFiles>[0][number];
const showFile = async (one: Opened, validator: Parameters<typeof showFiles>[1]) =>
  (await showFiles([one], validator))[0];
/** Of a file that is FHIR. */
async function recordsOf(one: Opened, validator: Parameters<typeof showFiles>[1]) {
  const shown = await showFile(one, validator);
  if (shown?.kind !== "fhir") throw new Error("not shown as FHIR");
  return shown;
}
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
  const shown = await recordsOf(file(bundleOf(observation, condition, ...hostile, composition)), validator);
  expect(shown.resources.map(({ summary }) => summary.title)).toEqual(["Asthma", "Glucose"]);
  expect(shown.unusable).toBe(hostile.length + 1);
  expect((await recordsOf(file(condition), validator)).resources).toHaveLength(1);
  expect(await recordsOf(file({ resourceType: "Bundle", entry: {} }), validator)).toMatchObject({
    resources: [],
    unusable: 0,
  });
});

it("says of other files what they are, and shows nothing of them", async () => {
  const files = [
    { contentType: FHIR, data: utf8("{") },
    file({}, CARDS),
    file("<b>x</b>", "text/html"),
    file(condition, "application/fhir+json; charset=utf-8"),
  ];
  const shown = await showFiles(files, await loadValidator());
  expect(shown.map(({ kind }) => kind)).toEqual(["unreadable", "noCards", "foreign", "fhir"]);
});

it("shows what is in a card, checked as any other record, and counts what is no card", async () => {
  const { issue, issuer } = await newCardIssuer();
  const cards = cardFile(await issue([observation, { resourceType: "Condition" }]), "x", await issue([condition]));
  const shown = await showFile({ contentType: CARDS, data: cards }, await loadValidator());
  expect(shown).toMatchObject({
    ...{ kind: "cards", unreadable: 1 },
    cards: [
      { card: { issuer }, resources: [{ summary: { title: "Glucose" } }], unusable: 1 },
      { resources: [{ summary: { title: "Asthma" } }], unusable: 0 },
    ],
  });
});

it("looks at so many records of all files and cards, and reads none of a file after them", async () => {
  const validator = await loadValidator();
  const entry = Array.from({ length: 500_000 }, () => ({ resource: { resourceType: "Basic", code: { text: "x" } } }));
  const many = file({ ...bundleOf(), entry });
  const card = { contentType: CARDS, data: cardFile(await (await newCardIssuer()).issue([condition])) };
  const [first, few, most, next, last] = await showFiles(
    [card, file(bundleOf(condition, composition)), many, file(condition), card],
    validator,
  );
  expect(first).toMatchObject({ cards: [{ looked: 1 }] });
  expect(few).toMatchObject({ looked: 2, rest: 0 });
  expect(most).toMatchObject({ kind: "fhir", looked: MAX_SHOWN - 3, rest: 500_000 - MAX_SHOWN + 3 });
  expect([next, last]).toEqual([{ kind: "beyond" }, { kind: "beyond" }]);
});
