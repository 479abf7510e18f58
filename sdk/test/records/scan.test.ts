import { describe, expect, it } from "vitest";
import { type FhirSource, type ImportItem, readBundle, scanFhir } from "../../src/records/index.ts";
import { bytesOf, fixture, jsonOf, sharedFiles } from "./files.ts";

/** A file of a disk: chunks that are filled again. */
const sourceOf = (bytes: Uint8Array, name: string, size = 1000): FhirSource => ({
  name,
  open: async function* () {
    const chunk = new Uint8Array(size);
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      chunk.set(part);
      yield chunk.subarray(0, part.length);
    }
  },
});

async function all(items: AsyncIterable<ImportItem>): Promise<ImportItem[]> {
  const found: ImportItem[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function expectSame(bytes: Uint8Array, name: string, patient?: string): Promise<void> {
  const options = patient === undefined ? {} : { patient };
  const { items, ...report } = await readBundle(bytes, name, options);
  const { categories, items: read, ...scanned } = await scanFhir(sourceOf(bytes, name), options);
  expect(scanned).toEqual(report);
  expect(await all(read())).toEqual(items);
  expect(categories).toEqual(items.map(({ category }) => category));
}

const patient = { resourceType: "Patient", id: "p" };
const text = (value: unknown) => JSON.stringify(value);

describe("a file that is read in pieces", () => {
  it.each(["family-practice.json", "malformed.json", "two-persons.json"])(
    "gives what it gives as a whole: %s",
    async (name) => {
      await expectSame(fixture(name), name);
      for (const person of ["Patient/mother", "Patient/child"]) await expectSame(fixture(name), name, person);
    },
  );

  it("gives what it gives as a whole, of the public files", async () => {
    for (const { name, bytes } of sharedFiles()) await expectSame(bytes, name);
  }, 240_000);

  it.each([
    [
      "NDJSON by name",
      "f.ndjson",
      `${text(patient)}\n\n{"resourceType":"Pat\n${text({ resourceType: "Basic", code: {} })}`,
    ],
    ["NDJSON by form", "f.json", `${text(patient)}\n${text(patient)}`],
    ["a byte order mark", "f.json", `\uFEFF${text({ resourceType: "Bundle", entry: [{ resource: patient }] })}`],
    [
      "a type behind the entries",
      "f.json",
      text({ entry: [{ resource: patient }], resourceType: "Bundle", type: "batch" }),
    ],
    [
      "a wrong type behind the entries",
      "f.json",
      text({ entry: [{ resource: {} }], resourceType: "Bundle", type: "bag" }),
    ],
    [
      "a list that is no Bundle",
      "f.json",
      text({ entry: [{ item: { display: "x" } }], resourceType: "List", status: "current", mode: "working" }),
    ],
    [
      "entries twice",
      "f.json",
      `{"resourceType":"Bundle","type":"batch","entry":[${text({ resource: patient })}],"entry":[1]}`,
    ],
    ["no UTF-8 in one entry", "f.json", "\u0000"],
    [
      "a file that ends too early",
      "f.json",
      `{"resourceType":"Bundle","type":"batch","entry":[${text({ resource: patient })},{"res`,
    ],
    ["something behind its end", "f.json", `${text(patient)} nonsense`],
    ["nothing", "f.ndjson", " \n "],
  ])("gives the same with %s", async (_, name, content) => {
    await expectSame(bytesOf(content), name);
  });

  it("goes on behind an entry that is no JSON, and names its line and place", async () => {
    const lines = [
      '{"resourceType":"Bundle","type":"batch",',
      '"entry":[',
      `{"resource":${text(patient)}},`,
      '{"resource":{',
      '"resourceType":"Patient","id":oops}},',
      `{"resource":${text({ ...patient, id: "q" })}}`,
      "]}",
    ];
    const { items, refused } = await readBundle(bytesOf(lines.join("\n")), "f.json", { patient: "Patient/q" });
    expect(items.map(({ path }) => path)).toEqual(["Bundle.entry[2].resource"]);
    expect(refused[0]).toEqual({
      file: "f.json",
      path: "Bundle.entry[1].resource.id",
      line: 5,
      reason: expect.stringMatching(/^Not valid JSON/),
    });
  });

  it("refuses a resource that no reader could hold, and takes the others", async () => {
    const big = { resourceType: "Binary", contentType: "text/plain", data: "QUFB".repeat(100) };
    const limits = { maxBytes: 300, maxDepth: 64 };
    const bundle = { resourceType: "Bundle", type: "batch", entry: [{ resource: big }, { resource: patient }] };
    const { items, refused } = await readBundle(jsonOf(bundle), "f.json", { limits });
    expect(items.map(({ resource }) => resource.resourceType)).toEqual(["Patient"]);
    expect(refused).toEqual([
      { file: "f.json", path: "Bundle.entry[0]", line: 1, reason: expect.stringMatching(/^Larger than 300 bytes/) },
    ]);
  });

  it("asks for no more of the file than the piece that is read", async () => {
    const binary = (id: string) => ({
      resourceType: "Binary",
      id,
      contentType: "text/plain",
      data: "QUFB".repeat(25_000),
    });
    let asked = 0;
    const source: FhirSource = {
      name: "f.ndjson",
      open: async function* () {
        for (let index = 0; index < 20; index++) {
          asked++;
          yield bytesOf(`${text(binary(`b${index}`))}\n`);
        }
      },
    };
    const scanned = await scanFhir(source);
    expect([scanned.categories.length, asked]).toEqual([20, 20]);
    asked = 0;
    let given = 0;
    for await (const { resource } of scanned.items()) {
      expect(resource).toEqual(binary(`b${given++}`));
      expect(asked).toBe(given);
    }
    expect(given).toBe(20);
  });

  it("says when the file is another one by the time that it is taken", async () => {
    const file = { bytes: jsonOf({ resourceType: "Bundle", type: "batch", entry: [{ resource: patient }] }) };
    const source: FhirSource = { name: "f.json", open: () => sourceOf(file.bytes, "f.json").open() };
    for (const entry of [[{ resource: { ...patient, gender: "x" } }], [], [{ request: { method: "DELETE" } }]]) {
      const scanned = await scanFhir({ ...source, open: () => sourceOf(file.bytes, "f.json").open() });
      const before = file.bytes;
      file.bytes = jsonOf({ resourceType: "Bundle", type: "batch", entry });
      await expect(all(scanned.items())).rejects.toMatchObject({ code: "IMPORT_FILE_CHANGED" });
      file.bytes = before;
    }
  });

  it("tells how much of the file was read", async () => {
    const bytes = fixture("family-practice.json");
    const told: number[] = [];
    await scanFhir(sourceOf(bytes, "f.json", 4000), { onBytes: (done) => void told.push(done) });
    expect(told.at(-1)).toBe(bytes.length);
    expect(told).toEqual([...told].sort((left, right) => left - right));
  });
});
