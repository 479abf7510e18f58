import type { Bundle } from "@medplum/fhirtypes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildBundle, canonicalJson, categories, readBundle, summarize } from "../../src/records/index.ts";
import { bytesOf, fixture, jsonOf } from "./files.ts";

const patient = { resourceType: "Patient", id: "p" };
const bundleOf = (...resources: unknown[]) => ({
  resourceType: "Bundle",
  type: "collection",
  entry: resources.map((resource) => ({ resource })),
});
const refusals = async (bytes: Uint8Array, name = "f.json") =>
  (await readBundle(bytes, name)).refused.map(({ path, reason }) => [path, reason]);

describe("readBundle", () => {
  it("takes a whole bundle and gives the same resources back", async () => {
    const bytes = fixture("family-practice.json");
    const { items, repaired, refused } = await readBundle(bytes, "family-practice.json");
    expect([repaired, refused]).toEqual([[], []]);
    expect(new Set(items.map(({ patientRef }) => patientRef))).toEqual(new Set(["Patient/olena"]));
    expect(items.map(({ category }) => category)).toEqual([1, 1, 1, 1, 3, 5, 7, 7, 7, 4, 3, 6, 9]);

    const exported = buildBundle(items, { timestamp: "2025-02-05T00:00:00Z" });
    const original = JSON.parse(new TextDecoder().decode(bytes)) as Bundle;
    expect(exported.entry?.map(canonicalJson)).toEqual(original.entry?.map(canonicalJson));
    expect((await readBundle(jsonOf(exported), "export.json")).items).toEqual(items);
  });

  it("names everything that is wrong with its place and takes the rest", async () => {
    const { items, refused, refusedPlaces, needsPerson } = await readBundle(
      fixture("malformed.json"),
      "malformed.json",
    );
    expect({ refusedPlaces, needsPerson }).toEqual({ refusedPlaces: 14, needsPerson: false });
    expect(items.map(({ path }) => path)).toEqual(["Bundle.entry[12].resource"]);
    const found = Object.fromEntries(refused.map(({ path, reason }) => [path, reason]));
    const at = (index: number, rest = "") => found[`Bundle.entry[${index}].resource${rest}`];
    expect(at(0, ".gender")).toBe('Unknown code "man".');
    expect(at(1, ".code")).toMatch(/required/);
    expect(at(2, ".subject")).toMatch(/object/);
    expect(found["Bundle.entry[3]"]).toMatch(/Not an entry/);
    expect(at(4)).toBe('Unknown resource type "Spaceship".');
    expect(at(5)).toMatch(/FHIR R5/);
    expect(at(6, ".clinicalStatus")).toMatch(/FHIR STU3/);
    expect(at(7, ".medication")).toMatch(/FHIR R5/);
    expect(at(8, ".occurrence[x]")).toMatch(/dateTime/);
    expect(at(9)).toMatch(/resourceType is missing/);
    expect(at(10, ".status")).toBe('Unknown code "done".');
    expect(at(11)).toMatch(/Conflicting/);
    expect(found["Bundle.entry[13]"]).toMatch(/deletion/);
    expect(found["Bundle.entry[14]"]).toBe("Has no resource.");
    expect(refused.filter(({ line }) => line === undefined)).toEqual([]);
    expect(new Set(refused.map(({ file }) => file))).toEqual(new Set(["malformed.json"]));
  });

  it("counts a resource that is refused for several reasons once, and asks for a person only where there are several", async () => {
    const wrong = { resourceType: "Observation" };
    const one = await readBundle(jsonOf(bundleOf(wrong)), "f.json");
    expect(one.refused.length).toBeGreaterThan(1);
    expect(one.refusedPlaces).toBe(1);
    expect(await readBundle(bytesOf('{"resourceType":'), "f.json")).toMatchObject({
      refusedPlaces: 1,
      needsPerson: false,
    });
    const record = (reference: string) => ({ resourceType: "Basic", code: { text: "x" }, subject: { reference } });
    const two = bundleOf(patient, { ...patient, id: "q" }, record("Patient/p"), record("Patient/q"));
    expect(await readBundle(jsonOf(two), "f.json")).toMatchObject({ items: [], needsPerson: true });
  });

  it("refuses the one resource that JSON.parse would have changed silently", async () => {
    const text = JSON.stringify(
      bundleOf(
        patient,
        { resourceType: "Basic", code: { text: "KEEP" } },
        { resourceType: "Basic", code: { text: "x" } },
      ),
    );
    const broken: [string, string, RegExp][] = [
      ['"text":"x","text":"y"', ".code.text", /twice/],
      ['"text":"x","__proto__":{"a":1}', ".code.__proto__", /__proto__/],
      ['"extension":[{"url":"u","valueDecimal":12345678901234567890}]', ".code.extension[0].valueDecimal", /digits/],
      ['"text":"\\ud800"', ".code.text", /surrogate/],
      [`"extension":${"[".repeat(70)}${"]".repeat(70)}`, `.code.extension${"[0]".repeat(59)}`, /64 levels/],
    ];
    for (const [replacement, path, reason] of broken) {
      const { items, refused } = await readBundle(bytesOf(text.replace('"text":"x"', replacement)), "f.json");
      expect(items).toHaveLength(2);
      expect(refused).toEqual([
        { file: "f.json", path: `Bundle.entry[2].resource${path}`, reason: expect.stringMatching(reason), line: 1 },
      ]);
    }
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it("limits texts to a megabyte, but not attachments", async () => {
    const long = "QUFB".repeat(400_000);
    const binary = { resourceType: "Binary", contentType: "text/plain", data: long };
    const { items, refused } = await readBundle(
      jsonOf(bundleOf(binary, { ...patient, name: [{ family: long }] })),
      "f.json",
    );
    expect(items.map(({ resource }) => resource.resourceType)).toEqual(["Binary"]);
    expect(refused).toMatchObject([
      { path: "Bundle.entry[1].resource.name[0].family", reason: "String cannot be larger than 1 MB" },
    ]);
  });

  it("accepts white space in base64", async () => {
    const binary = (data: string) => jsonOf({ resourceType: "Binary", contentType: "text/plain", data });
    expect(await refusals(binary("QUFB\n QUFB"))).toEqual([]);
    expect(await refusals(binary("QU!B\n QUFB"))).toEqual([["Binary.data", "Invalid base64Binary format"]]);
  });

  it("refuses files that are no FHIR, with the place", async () => {
    expect(await refusals(bytesOf(""))).toEqual([["$", "The file is empty."]]);
    expect(await refusals(bytesOf('{"resourceType":"Patient",}'))).toEqual([
      ["$", expect.stringMatching(/^Not valid JSON/)],
    ]);
    expect(await refusals(bytesOf("[]"))).toEqual([["$", expect.stringMatching(/expected an object/)]]);
    expect(await refusals(bytesOf("{}"))).toEqual([["$", expect.stringMatching(/resourceType is missing/)]]);
    expect(await refusals(jsonOf({ verifiableCredential: ["a.b.c"] }))).toEqual([
      ["$", "A file of SMART Health Cards: add it as a file, and it stays as its issuer signed it."],
    ]);
    expect(await refusals(jsonOf({ resourceType: "Bundle", type: "bag", entry: [] }))).toEqual([
      ["Bundle", expect.stringMatching(/Bundle.type/)],
    ]);
    expect(await refusals(jsonOf({ resourceType: "Bundle", type: "batch", entry: {} }))).toEqual([
      ["Bundle", expect.stringMatching(/not an array/)],
    ]);
    for (const key of ["constructor", "hasOwnProperty", "toString"])
      expect(await refusals(jsonOf({ ...patient, [key]: 1 }))).toEqual([
        [`Patient.${key}`, expect.stringMatching(/additional/)],
      ]);
    expect(await refusals(jsonOf({ ...patient, birthDate: {} }))).toEqual([
      ["Patient.birthDate", "Expected a JSON string, but got object"],
    ]);
  });

  it("reports repairs", async () => {
    const { items, repaired } = await readBundle(
      bytesOf(`\uFEFF${JSON.stringify({ resourceType: "Bundle", entry: [{ resource: patient }] })}`),
      "f.json",
    );
    expect(items).toHaveLength(1);
    expect(repaired.map(({ path }) => path)).toEqual(["$", "Bundle.type"]);
  });

  it("reads NDJSON line by line, by name or by form", async () => {
    const lines = [
      JSON.stringify(patient),
      "",
      '{"resourceType":"Patient","id":',
      '{"resourceType":"Patient","gender":"x"}',
      JSON.stringify({ resourceType: "Basic", code: { text: "n" } }),
    ];
    for (const name of ["export.ndjson", "export.json"]) {
      const { items, refused } = await readBundle(bytesOf(lines.join("\n")), name);
      expect(items.map(({ path }) => path)).toEqual(["[0].Patient", "[4].Basic"]);
      expect(refused.map(({ path, line }) => [path, line])).toEqual([
        ["[2].id", 3],
        ["[3].Patient.gender", 4],
      ]);
    }
  });

  it("accepts nothing that cannot be shown, whatever stands where", async () => {
    const source = new TextDecoder().decode(fixture("family-practice.json"));
    const anything = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        0,
        "",
        "x",
        true,
        [],
        {},
        [null],
        [[]],
        ["x"],
        { coding: "x" },
        { reference: 5 },
        { extension: [{ url: "u" }] },
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const change = fc.record({
      entry: fc.nat(),
      steps: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      value: anything,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bundle = JSON.parse(source) as { entry: { resource: Record<string, unknown> }[] };
        for (const { entry, steps, value } of changes) {
          let place: Record<string, unknown> = bundle.entry[entry % bundle.entry.length]?.resource ?? {};
          for (const [index, step] of steps.entries()) {
            const keys = Object.keys(place);
            const key = keys[step % keys.length];
            if (key === undefined) break;
            const below = place[key];
            if (index === steps.length - 1 || typeof below !== "object" || below === null)
              place[key] = structuredClone(value);
            else place = below as Record<string, unknown>;
          }
        }
        for (const { resource, path } of (await readBundle(jsonOf(bundle), "f.json")).items) {
          expect(JSON.stringify(summarize(resource)), path).not.toMatch(/\[object Object\]|undefined/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("reads a Bundle inside a Bundle", async () => {
    const { items } = await readBundle(jsonOf(bundleOf(bundleOf(patient))), "f.json");
    expect(items.map(({ path }) => path)).toEqual(["Bundle.entry[0].resource.entry[0].resource"]);
  });
});

describe("records of several persons", () => {
  it("takes nothing when the file does not say whose it is", async () => {
    const { items, refused } = await readBundle(fixture("two-persons.json"), "f.json");
    expect(items).toEqual([]);
    expect(refused).toMatchObject([
      { path: "$", reason: expect.stringMatching(/2 persons \(Patient\/mother, Patient\/child\)/) },
    ]);
  });

  it("takes the records of the person asked for and refuses the others by name", async () => {
    const ids = async (person: string) => {
      const { items, refused } = await readBundle(fixture("two-persons.json"), "f.json", { patient: person });
      expect(refused.every(({ reason }) => reason.startsWith("Belongs to another person (Patient/"))).toBe(true);
      expect(items.length + refused.length).toBe(9);
      return items.map(({ resource }) => resource.id);
    };
    expect(await ids("Patient/mother")).toEqual(["mother", "gp", "m1", "scan", "doc"]);
    expect(await ids("Patient/child")).toEqual(["child", "gp", "c1", "parent", "p1"]);
  });

  it("refuses records of a stranger beside those of the only Patient", async () => {
    const observation = (reference: string) => ({
      resourceType: "Observation",
      status: "final",
      code: { text: "x" },
      subject: { reference },
    });
    const { items, refused } = await readBundle(
      jsonOf(bundleOf(patient, observation("Patient/p"), observation("Patient/q"))),
      "f.json",
    );
    expect(items).toHaveLength(2);
    expect(refused).toMatchObject([
      { path: "Bundle.entry[2].resource", reason: "Belongs to another person (Patient/q)." },
    ]);
  });

  it("knows one person under URL, id, identifier and link", async () => {
    const observation = (subject: object) => ({
      resource: { resourceType: "Observation", status: "final", code: { text: "x" }, subject },
    });
    const entry = [
      {
        fullUrl: "https://a.example/fhir/Patient/p",
        resource: { ...patient, identifier: [{ system: "urn:s", value: "7" }] },
      },
      {
        fullUrl: "https://a.example/fhir/Patient/old",
        resource: {
          resourceType: "Patient",
          id: "old",
          link: [{ other: { reference: "Patient/p" }, type: "replaced-by" }],
        },
      },
      ...[
        { reference: "https://a.example/fhir/Patient/p" },
        { reference: "Patient/p/_history/3" },
        { reference: "Patient/old" },
        { reference: "Patient?identifier=urn:s|7" },
        { identifier: { system: "urn:s", value: "7" } },
        { display: "the patient" },
      ].map(observation),
    ];
    const { items, refused } = await readBundle(
      jsonOf({ resourceType: "Bundle", type: "collection", entry }),
      "f.json",
    );
    expect(refused).toEqual([]);
    expect(items).toHaveLength(8);
  });

  it("keeps category and subject apart from each other", async () => {
    const group = {
      resourceType: "Observation",
      status: "final",
      code: { text: "x" },
      subject: { reference: "Group/1" },
    };
    const { items } = await readBundle(jsonOf(bundleOf(patient, group)), "f.json");
    expect(items.map(({ category }) => category)).toEqual([categories.administrative, categories.results]);
  });
});
