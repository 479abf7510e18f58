import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  ChartkeyError,
  type ContentStore,
  RecordImport,
  type UnlockedSession,
  publishRecord,
  randomBytes,
  readLedger,
  readTimeline,
} from "@chartkey/sdk";
import { type FhirSource, scanFhir } from "@chartkey/sdk/records";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type TestStack, cliOf, openStack } from "./support.ts";

let stack: TestStack;
let patient: UnlockedSession;

beforeAll(async () => {
  stack = await openStack();
  patient = await unlockedActor(stack, 3);
});

afterAll(() => stack?.close());

/** A store that dies after some uploads. */
function dyingStore(store: ContentStore, uploads: number): ContentStore {
  let left = uploads;
  return {
    url: store.url,
    links: store.links,
    put: (bytes, scope) => {
      if (left-- > 0) return store.put(bytes, scope);
      return Promise.reject(new ChartkeyError("STORE_UNREACHABLE", "The content store does not answer."));
    },
    get: (reference, scope) => store.get(reference, scope),
    read: (reference, scope, maxSize) => store.read(reference, scope, maxSize),
    getDocument: (digest, scope) => store.getDocument(digest, scope),
    lettersTo: (owner, from) => store.lettersTo(owner, from),
    receiptsOf: (owner, from) => store.receiptsOf(owner, from),
    remove: (reference, scope) => store.remove(reference, scope),
  };
}

it("goes on where a dead store left it, and anchors nothing twice", async () => {
  const { address } = patient.wallet.account;
  const resources = Array.from({ length: 1003 }, (_, index) =>
    JSON.stringify({ resourceType: "Basic", id: `r${index}`, code: { text: "Entry" } }),
  );
  const bytes = new TextEncoder().encode(resources.join("\n"));
  const file: FhirSource = {
    name: "many.ndjson",
    open: async function* () {
      yield bytes;
    },
  };
  const scanned = await scanFhir(file);
  expect(scanned.categories).toHaveLength(1003);
  const dying = new RecordImport({ ...patient, store: dyingStore(patient.store, 1003) }, address, scanned);
  const told: string[] = [];
  const onDone = (done: number, total: number) => void told.push(`${done} of ${total}`);
  const error = await dying.run({ onDone }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "STORE_UNREACHABLE", details: { anchored: 1000, total: 1003 } });
  expect((error as Error).message).toContain("1000 of 1003 resources were anchored and stay");
  expect([told[0], told.includes("1000 of 1003")]).toEqual(["1 of 1003", true]);
  expect(await new RecordImport(patient, address, scanned).run()).toEqual({ accepted: 3, unchanged: 1000 });
  expect((await readLedger(patient.chain, address)).entries.map(({ batch }) => batch?.count)).toEqual([1000, 3]);
});

it("does not import again what failed and is on its way all the same", async () => {
  const { address } = patient.wallet.account;
  const bytes = new TextEncoder().encode('{"resourceType":"Basic","id":"kept","code":{"text":"Entry"}}');
  const scanned = await scanFhir({
    name: "one.json",
    open: async function* () {
      yield bytes;
    },
  });
  const failing = { ...patient, store: dyingStore(patient.store, 0) };
  const isKept = () => true;
  for (const [kept, again] of [
    [isKept, { accepted: 0, unchanged: 1 }],
    [undefined, "STORE_UNREACHABLE"],
  ] as const) {
    const importing = new RecordImport(failing, address, scanned);
    const options = kept ? { isKept: kept } : {};
    await expect(importing.run(options)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    const second = importing.run(options).catch((error: unknown) => (error as ChartkeyError).code);
    expect(await second).toEqual(again);
  }
});

it("takes for known nothing that a file gave before it was found changed", async () => {
  const { address } = patient.wallet.account;
  const lines = ["first", "second"].map((id) =>
    JSON.stringify({ resourceType: "Basic", id: `changed-${id}`, code: { text: "Entry" } }),
  );
  const whole = lines.join("\n");
  const file = { text: whole };
  const scanned = await scanFhir({
    name: "two.ndjson",
    open: async function* () {
      yield new TextEncoder().encode(file.text);
    },
  });
  const importing = new RecordImport(patient, address, scanned);
  file.text = lines[0]!;
  await expect(importing.run()).rejects.toMatchObject({
    code: "IMPORT_FILE_CHANGED",
    details: { anchored: 0, total: 2 },
  });
  file.text = whole;
  expect(await importing.run()).toEqual({ accepted: 2, unchanged: 0 });
});

it("takes files of an export as the files that they were, in their categories, and none twice", async () => {
  const other = await unlockedActor(stack, 4);
  const [from, to] = [patient.wallet.account.address, other.wallet.account.address];
  // As base64 it is one of those that are not read with their resource.
  const scan = randomBytes(300_000);
  const meta = { contentType: "application/pdf", title: "Lipids" };
  await publishRecord(patient, from, { category: 7, meta, data: scan });
  const [owner, taker] = [cliOf(stack, 3), cliOf(stack, 4)];
  const written = await owner.json("export", "all.json", "--format", "bundle", "--patient", from, "--with-files");
  expect(written).toMatchObject({ files: 0, unreadable: 0 });
  const { accepted } = await taker.json<{ accepted: number }>("import", "all.json", "--patient", to);
  expect(accepted).toBe(written["resources"]);
  const found = (await readTimeline(other, to)).entries
    .flatMap(({ records }) => records)
    .filter((record) => record.meta.contentType === meta.contentType);
  expect(found.map((record) => [record.category, record.meta, record.data])).toEqual([[7, meta, scan]]);
  expect(await taker.json("import", "all.json", "--patient", to)).toMatchObject({ accepted: 0, unchanged: accepted });
  await taker.json("export", "again.json", "--format", "bundle", "--patient", to, "--with-files");
  const sorted = async (name: string) => {
    const { entry } = JSON.parse(await readFile(join(stack.dir, name), "utf8")) as { entry: { resource: unknown }[] };
    return entry.map(({ resource }) => JSON.stringify(resource)).sort();
  };
  expect(await sorted("again.json")).toEqual(await sorted("all.json"));
});

it("keeps a large file beside its resource, names it, and writes both out as they came", async () => {
  const owner = cliOf(stack, 5);
  await unlockedActor(stack, 5);
  const data = Buffer.from(randomBytes(400_000)).toString("base64");
  const resource = { resourceType: "Binary", id: "film", contentType: "application/dicom", data };
  await writeFile(join(stack.dir, "film.json"), JSON.stringify(resource));
  expect(await owner.json("import", "film.json", "--patient", owner.address)).toMatchObject({
    accepted: 1,
    refused: [],
  });
  const { contentType, id, resourceType } = resource;
  expect(await owner.json("open", "1", "--patient", owner.address)).toMatchObject({
    records: [{ resources: [{ contentType, id, resourceType }], attachments: [{ at: "/data", size: 400_000 }] }],
  });
  const told = await owner.json("open", "1", "--patient", owner.address, "--output", "film-again.json");
  const written = await readFile(join(stack.dir, "film-again.json"), "utf8");
  expect([JSON.parse(written), told["size"]]).toEqual([resource, written.length]);
  await owner.json("export", "film.ndjson", "--format", "ndjson", "--patient", owner.address);
  expect(JSON.parse(await readFile(join(stack.dir, "film.ndjson"), "utf8"))).toEqual(resource);
  expect(await owner.json("import", "film.ndjson", "--patient", owner.address)).toMatchObject({
    accepted: 0,
    unchanged: 1,
  });
});
