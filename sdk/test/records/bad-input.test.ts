import type { Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import { type FhirSource, MAX_NOTES, loadValidator, readBundle, scanFhir } from "../../src/records/index.ts";
import { bytesOf } from "./files.ts";

const MARK = "\uFEFF";
const XHTML = 'xmlns=\\"http://www.w3.org/1999/xhtml\\"';
const basic = (text: string) => `{"resourceType":"Basic","code":{"text":"${text}"}}`;
const subject = '"subject":{"reference":"Patient/p"}';

interface Bad {
  readonly what: string;
  /** On one line, so that it may stand in NDJSON. */
  readonly json: string;
  /** Below the resource. */
  readonly path: string;
  readonly reason: RegExp;
  /** Whether it is taken all the same, and the finding is one of `repaired`. */
  readonly taken?: true;
}

const bad: readonly Bad[] = [
  {
    what: "broken JSON",
    json: '{"resourceType":"Basic" "code":{"text":"a"}}',
    path: "",
    reason: /^Not valid JSON: expected "," or "}"/,
  },
  {
    what: "a duplicate key",
    json: '{"resourceType":"Basic","code":{"text":"a","text":"b"}}',
    path: ".code.text",
    reason: /"text" appears twice/,
  },
  {
    what: "an unknown code",
    json: '{"resourceType":"Patient","gender":"man"}',
    path: ".gender",
    reason: /Unknown code "man"/,
  },
  {
    what: "an absent required part",
    json: '{"resourceType":"Observation","status":"final"}',
    path: ".code",
    reason: /Missing required property/,
  },
  {
    what: "a script in a narrative",
    json: `${basic("a").slice(0, -1)},"text":{"status":"generated","div":"<div ${XHTML}><script>alert(1)</script>a</div>"}}`,
    path: ".text.div",
    reason: /would act or load/,
    taken: true,
  },
  {
    what: "bad base64",
    json: '{"resourceType":"Binary","contentType":"text/plain","data":"QU!B"}',
    path: ".data",
    reason: /base64/,
  },
  {
    what: "deep nesting",
    json: `${basic("a").slice(0, -1)},"extension":${"[".repeat(70)}${"]".repeat(70)}}`,
    // As deep as it is followed in a Bundle, which is some levels around it; without one, a little deeper.
    path: `.extension${"[0]".repeat(60)}`,
    reason: /Nested more than 64 levels/,
  },
  {
    what: "a megabyte string",
    json: `{"resourceType":"Patient","name":[{"family":"${"a".repeat(1_100_000)}"}]}`,
    path: ".name[0].family",
    reason: /1 MB/,
  },
  {
    what: "FHIR STU3",
    json: `{"resourceType":"Condition",${subject},"clinicalStatus":"active"}`,
    path: ".clinicalStatus",
    reason: /looks like FHIR STU3/,
  },
  {
    what: "FHIR R5",
    json: `{"resourceType":"MedicationRequest","status":"active","intent":"order",${subject},"medication":{"concept":{"text":"a"}}}`,
    path: ".medication",
    reason: /additional property.*looks like FHIR R5/,
  },
  {
    what: "another type",
    json: '{"resourceType":"Spaceship"}',
    path: "",
    reason: /Unknown resource type "Spaceship"/,
  },
];

/** Each bad one between two good ones; a good one is on every line with an odd number. */
const resources = [basic("first"), ...bad.flatMap(({ what, json }) => [json, basic(what)])];
const goodOnes = resources.filter((_, index) => index % 2 === 0);
const files = {
  "bundle.json": `${MARK}{"resourceType":"Bundle","type":"collection","entry":[\n${resources
    .map((resource) => `{"resource":${resource}}`)
    .join(",\n")}\n]}`,
  "lines.ndjson": `${MARK}${resources.join("\n")}\n`,
};
const FIRST_LINE = { "bundle.json": 2, "lines.ndjson": 1 };

describe.each(["bundle.json", "lines.ndjson"] as const)("bad input in %s", (file) => {
  const reading = readBundle(bytesOf(files[file]), file);
  const found = async ({ taken }: { taken: true | undefined }) => {
    const { repaired, refused } = await reading;
    return taken ? repaired : refused;
  };

  it.each(bad.map((each, index) => [each.what, each, index * 2 + 1] as const))(
    "names %s with its path and line",
    async (_, { json, path, reason, taken }, place) => {
      const type = /"resourceType":"(\w+)"/.exec(json)![1];
      const root = file === "bundle.json" ? `Bundle.entry[${place}].resource` : `[${place}].${type}`;
      const note = (await found({ taken })).find(
        (one) => one.line === FIRST_LINE[file] + place && reason.test(one.reason),
      );
      expect(note).toMatchObject({ file });
      // What is no JSON has no type that a path could go on with.
      const isJson = !reason.source.startsWith("^Not valid");
      const within = isJson || file === "bundle.json" ? `${root}${path}` : `[${place}]`;
      expect(note?.path.slice(0, within.length)).toBe(within);
      expect(note?.path.slice(within.length)).toMatch(/^(?:\[0\]){0,3}$/);
    },
  );

  it("names the byte order mark, and takes everything else as it is", async () => {
    const { items, repaired, refusedPlaces } = await reading;
    expect(repaired[0]).toEqual({ file, path: "$", line: 1, reason: expect.stringContaining("byte order mark") });
    expect(repaired).toHaveLength(2);
    expect(refusedPlaces).toBe(bad.length - 1);
    const kept = bad.filter(({ taken }) => taken).map(({ json }) => json);
    expect(items.map(({ resource }) => JSON.stringify(resource)).sort()).toEqual([...goodOnes, ...kept].sort());
  });
});

describe("a narrative", () => {
  const reported = async (div: string) => {
    const text = { status: "additional", div: `<div xmlns="http://www.w3.org/1999/xhtml">${div}</div>` };
    const section = [{ title: "a", section: [{ title: "b", text }] }];
    const composition = { resourceType: "Composition", status: "final", type: { text: "a" }, title: "a" };
    const whole = { ...composition, date: "2026", author: [{ display: "a" }], section };
    const { items, repaired } = await readBundle(bytesOf(JSON.stringify(whole)), "f.json");
    expect(items).toHaveLength(1);
    return repaired.map(({ path }) => path);
  };

  it.each([
    "<script>a</script>",
    '<p onclick="a()">b</p>',
    '<a href="javascript:a()">b</a>',
    '<iframe src="https://a.example"/>',
    '<form action="/">b</form>',
  ])("of a section that acts is named: %s", async (div) => {
    expect(await reported(div)).toEqual(["Composition.section[0].section[0].text.div"]);
  });

  it.each(["<p>on = off</p>", '<img src="#a" alt="b"/>', "<p>script, form and frame</p>", "<b>once=1</b>"])(
    "that says so in words is none of that: %s",
    async (div) => expect(await reported(div)).toEqual([]),
  );
});

describe("a file with more findings than a report can list", () => {
  const LINES = 3_000;
  const source = (line: (index: number) => string): FhirSource => ({
    name: "f.ndjson",
    open: async function* () {
      for (let index = 0; index < LINES; index++) yield bytesOf(`${line(index)}\n`);
    },
  });

  it("lists the first, and counts the others by their reasons, whatever these quote", async () => {
    const mostly = (index: number) =>
      index % 3 === 0 ? '{"resourceType":"Spaceship"}' : `{"resourceType":"Patient","gender":"${index}"}`;
    const { refused, unlisted, refusedPlaces } = await scanFhir(source(mostly));
    expect(refused).toHaveLength(MAX_NOTES);
    expect(refused.at(-1)).toMatchObject({ line: MAX_NOTES });
    expect(refusedPlaces).toBe(LINES);
    expect(unlisted.refused).toEqual([
      { reason: 'Unknown code "…".', count: 1_334 },
      { reason: 'Unknown resource type "…".', count: 666 },
    ]);
    expect(unlisted.repaired).toEqual([]);
  });

  it("counts what is in no list by itself as one, so that the report has an end", async () => {
    const { unlisted } = await scanFhir(
      source((index) => `{"resourceType":"Patient","${"a".repeat(index % 200)}":${"[".repeat(index)}`),
    );
    expect(unlisted.refused.length).toBeLessThanOrEqual(101);
    expect(unlisted.refused.reduce((sum, { count }) => sum + count, 0)).toBe(LINES - MAX_NOTES);
  });
});

it("takes a resource of many parts in a time that grows with them, and still looks at every code", async () => {
  const validator = await loadValidator();
  const questionnaire = (count: number) => {
    const item = Array.from({ length: count }, (_, index) => ({ linkId: `${index}`, type: "string" }));
    item.at(-1)!.type = "strange";
    return { resourceType: "Questionnaire", status: "active", item } as unknown as Resource;
  };
  const timeOf = (count: number) => {
    const resource = questionnaire(count);
    const began = performance.now();
    expect(validator.validate(resource)).toEqual([
      { path: `Questionnaire.item[${count - 1}].type`, reason: 'Unknown code "strange".' },
    ]);
    return performance.now() - began;
  };
  timeOf(4_000);
  // Sixteen times the parts: 256 times as long where each is looked for among all others.
  expect(timeOf(64_000)).toBeLessThan(64 * timeOf(4_000));
});
