import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartReader,
  ChartkeyError,
  type OpenedRecord,
  RecordImport,
  type RecordReference,
  type UnlockedSession,
  blobSink,
  categoryFile,
  claim,
  confirmMember,
  createHospital,
  eraseRecord,
  exportChart,
  exportedText,
  fromBase64Url,
  fromUtf8,
  grantAccess,
  hideRecord,
  invite,
  linkContent,
  linkableRecords,
  openAttachmentInto,
  openRecordInto,
  openShare,
  publishBatch,
  publishRecord,
  readHospital,
  readLedger,
  readTimeline,
  revokeStrongly,
  setAccreditation,
  shareRecord,
  showRecord,
  utf8,
} from "@chartkey/sdk";
import { type FhirSource, canonicalJson, loadValidator, scanFhir } from "@chartkey/sdk/records";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { temporarySpool } from "../../cli/src/spool.ts";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { memoryGrowth } from "../../scripts/bench/measure.ts";
import { randomBytes } from "../../sdk/src/bytes.ts";
import { sealPayloadStream } from "../../sdk/src/crypto/payload-stream.ts";
import { canonicalBytes } from "../../sdk/src/json.ts";
import { noticeDraft } from "../../sdk/src/workflows/controlled-chart.ts";
import { storeCover } from "../../sdk/src/workflows/covers.ts";
import { payloadContext } from "../../sdk/src/workflows/session.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Large files in the resources of an import, on real blocks and two real stores with gates. */

vi.setConfig({ testTimeout: 600_000 });

const DOCUMENTS = 2;
/** Bytes of the file that memory need not hold; `LARGE_FILE_MB=200` for one of 200 MB. */
const SIZE = Number(process.env["LARGE_FILE_MB"] ?? 40) << 20;
const AT = "/content/0/attachment/data";
const now = () => Math.floor(Date.now() / 1000);
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession, doctor: UnlockedSession, stranger: UnlockedSession;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-attachments-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  const admin = await unlockedActor(stack, 1);
  doctor = await unlockedActor(stack, 2);
  patient = { ...(await unlockedActor(stack, 3)), newSpool: temporarySpool };
  stranger = await unlockedActor(stack, 6);
  await setAccreditation(
    await actor(stack, 0),
    await createHospital(admin, { name: "Ridgeway", staff: [] }),
    "accredited",
  );
  const staff = { account: addressOf(doctor), name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: staff.name });
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
}, 300_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const letter = (id: string, ...files: Uint8Array[]) => ({
  resourceType: "DocumentReference",
  id,
  status: "current",
  description: "Discharge letter",
  content: files.map((file, index) => ({
    attachment: { contentType: "application/pdf", title: `Page ${index}`, data: Buffer.from(file).toString("base64") },
  })),
});

function sourceAt(path: string): FhirSource {
  const read = (part = {}) => createReadStream(path, { highWaterMark: 1 << 20, ...part });
  return { name: path, open: () => read(), slice: (start, end) => read({ start, end: end - 1 }) };
}

let files = 0;

async function importAll(session: UnlockedSession, resources: readonly unknown[]) {
  const path = join(dataDir, `${++files}.ndjson`);
  await writeFile(path, resources.map((resource) => `${JSON.stringify(resource)}\n`).join(""));
  return new RecordImport(session, addressOf(patient), await scanFhir(sourceAt(path))).run();
}

async function recordOf(reader: UnlockedSession, id: string): Promise<OpenedRecord> {
  const { entries } = await readTimeline(reader, addressOf(patient));
  return entries.flatMap(({ records }) => records).find(({ data }) => fromUtf8(data).includes(`"id":"${id}"`))!;
}

async function fileOf(reader: UnlockedSession, record: RecordReference, at = AT): Promise<Uint8Array> {
  const { sink, blob } = blobSink("application/pdf");
  await openAttachmentInto(reader, addressOf(patient), record, at, sink);
  return new Uint8Array(await blob().arrayBuffer());
}

async function wholeOf(reader: UnlockedSession, record: RecordReference): Promise<string> {
  const { sink, blob } = blobSink("application/json");
  await openRecordInto(reader, addressOf(patient), record, sink);
  return blob().text();
}

async function textOf(format: "bundle" | "ndjson"): Promise<string> {
  const [timeline, validator] = await Promise.all([readTimeline(patient, addressOf(patient)), loadValidator()]);
  const made = exportChart(timeline, validator, { format, date: new Date().toISOString() });
  const parts: string[] = [];
  for await (const part of exportedText(patient, addressOf(patient), made)) parts.push(part);
  return parts.join("");
}

const grant = (read: number[], write: number[] = []) =>
  grantAccess(patient, { grantee: addressOf(doctor), hospital: 1, read, write, expiry: now() + 7200 });

describe("large files in imported resources", () => {
  it("lie behind their resource, are opened when asked for, come out as they were, and are not imported twice", async () => {
    const [one, other] = [randomBytes(3_000_001), randomBytes(200_000)];
    const resources = [
      letter("two", one, randomBytes(100), other),
      { resourceType: "Binary", id: "binary", contentType: "image/png", data: Buffer.from(other).toString("base64") },
      letter("small", randomBytes(1_000)),
    ];
    expect(await importAll(patient, resources)).toEqual({ accepted: 3, unchanged: 0 });
    const record = await recordOf(patient, "two");
    expect(record.attachments?.map(({ at, size }) => [at, size])).toEqual([
      [AT, one.length],
      ["/content/2/attachment/data", other.length],
    ]);
    expect(record.data.length).toBeLessThan(1_000);
    expect(await fileOf(patient, record)).toEqual(one);
    expect(await fileOf(patient, record, "/content/2/attachment/data")).toEqual(other);
    await expect(fileOf(patient, record, "/content/1/attachment/data")).rejects.toEqual(code("RECORD_UNKNOWN"));
    expect(await wholeOf(patient, record)).toBe(canonicalJson(resources[0]));
    expect((await recordOf(patient, "small")).attachments).toBeUndefined();
    expect(await importAll(patient, resources)).toEqual({ accepted: 0, unchanged: 3 });

    const lines = (await textOf("ndjson")).trimEnd().split("\n");
    expect(lines.map((line) => canonicalJson(JSON.parse(line)))).toEqual(resources.map(canonicalJson));
    const { entry } = JSON.parse(await textOf("bundle")) as { entry: { resource: unknown }[] };
    expect(entry.map(({ resource }) => canonicalJson(resource))).toEqual(resources.map(canonicalJson));
  });

  it("are known again when an earlier version kept them in their resource", async () => {
    const resource = letter("earlier", randomBytes(300_000));
    const meta = { contentType: "application/fhir+json" };
    const data = new TextEncoder().encode(canonicalJson(resource));
    await publishBatch(patient, addressOf(patient), [{ category: DOCUMENTS, meta, data }]);
    expect(await importAll(patient, [resource])).toEqual({ accepted: 0, unchanged: 1 });
  });

  it("are hidden, shown, shared and sealed again with their resource, and erased with it", async () => {
    const file = randomBytes(2_500_000);
    await importAll(patient, [letter("moved", file), letter("left", randomBytes(300_000))]);
    await grant([DOCUMENTS]);
    const record = await recordOf(patient, "moved");
    const { payload, category } = record;
    expect(category).toBe(DOCUMENTS);
    const held = (reader: UnlockedSession) =>
      reader.store.read(payload!, categoryFile(addressOf(patient), DOCUMENTS), 1 << 30).next();
    expect(await fileOf(doctor, record)).toEqual(file);

    await hideRecord(patient, record);
    await expect(fileOf(doctor, record)).rejects.toEqual(code("RECORD_HIDDEN"));
    await expect(held(doctor)).rejects.toEqual(code("STORE_NOT_FOUND"));
    expect(await recordOf(doctor, "moved")).toBeUndefined();
    expect(await recordOf(patient, "moved")).toMatchObject({ attachments: [{ at: AT }], control: { state: "hidden" } });
    expect(await fileOf(patient, record)).toEqual(file);

    const { code: text } = await shareRecord(patient, record, { to: addressOf(stranger), until: now() + 3600 });
    const shared = await openShare(stranger, text);
    expect(fromUtf8(shared.record.data)).toContain('"id":"moved"');
    expect(shared.record.attachments?.[0]?.bytes).toEqual(file);
    await expect(fileOf(stranger, record)).rejects.toEqual(code("STORE_FORBIDDEN"));

    await showRecord(patient, record);
    expect(await fileOf(doctor, record)).toEqual(file);
    await revokeStrongly(patient, addressOf(doctor));
    await expect(fileOf(doctor, record)).rejects.toBeInstanceOf(ChartkeyError);
    await expect(held(patient)).rejects.toEqual(code("STORE_NOT_FOUND"));
    expect(await recordOf(patient, "moved")).toMatchObject({ control: { state: "resealed" } });
    expect(await fileOf(patient, record)).toEqual(file);

    const { files: removed } = await eraseRecord(patient, record);
    expect(removed.every(({ outcome }) => outcome !== "failed")).toBe(true);
    await expect(fileOf(patient, record)).rejects.toEqual(code("RECORD_ERASED"));
    await expect(held(patient)).rejects.toEqual(code("STORE_NOT_FOUND"));
  });

  it("let nobody pass off another resource in a cover, of which only the beginning is read", async () => {
    await grant([DOCUMENTS], [DOCUMENTS]);
    const [file, rest] = [randomBytes(300_000), randomBytes(8_000_000)];
    await importAll(doctor, [letter("said", file, rest), letter("other", randomBytes(300_000))]);
    const record = await recordOf(patient, "said");
    const { entries } = await readLedger(patient.chain, addressOf(patient));
    const entry = entries.find(({ recordId }) => recordId === record.recordId)!;
    const item = (await new ChartReader(patient, addressOf(patient)).items(entry)).find(
      ({ index }) => index === record.index,
    )!;
    const context = payloadContext(patient, addressOf(patient), addressOf(doctor), DOCUMENTS);
    const forged = utf8(fromUtf8(record.data).replace("Discharge letter", "Otherwise letter"));
    const size = file.length + rest.length;
    const whole = async function* () {
      yield forged;
      yield canonicalBytes(record.attachments);
      yield file;
      yield rest;
    };
    const { detached } = record.meta as unknown as { detached: { list: number } };
    const key = fromBase64Url(item.key, 32);
    const sealed = sealPayloadStream(key, context, record.meta, forged.length + detached.list + size, whole());
    const { reference: cover, key: coverKey } = await storeCover(patient, DOCUMENTS, sealed);
    const notice = { recordId: record.recordId, index: record.index, state: "resealed", cover, key: coverKey } as const;
    await publishRecord(patient, addressOf(patient), noticeDraft(DOCUMENTS, [notice]), undefined, {
      brings: [cover.digest],
    });
    const timeline = await readTimeline(doctor, addressOf(patient));
    const opened = timeline.entries.find(({ entry: { recordId } }) => recordId === record.recordId);
    expect([opened?.records, opened?.problem?.code]).toEqual([[], "COVER_MALFORMED"]);
    // The first file is the one that it names, and comes long before the end shows the forgery.
    await expect(fileOf(doctor, record)).rejects.toEqual(code("COVER_MALFORMED"));
  });

  it("are not fetched when the chart is opened", async () => {
    await importAll(patient, [letter("checked", randomBytes(8_000_000))]);
    const record = await recordOf(patient, "checked");
    const read = vi.fn();
    const { store } = patient;
    const counted: UnlockedSession = {
      ...patient,
      store: {
        ...{ url: store.url, links: store.links },
        put: (...asked) => store.put(...asked),
        get: (...asked) => store.get(...asked),
        getDocument: (...asked) => store.getDocument(...asked),
        lettersTo: (...asked) => store.lettersTo(...asked),
        receiptsOf: (...asked) => store.receiptsOf(...asked),
        remove: (...asked) => store.remove(...asked),
        async *read(reference, ...asked) {
          for await (const part of store.read(reference, ...asked)) {
            if (reference.digest === record.payload?.digest) read(part.length);
            yield part;
          }
        },
      },
    };
    expect((await recordOf(counted, "checked")).attachments).toHaveLength(1);
    const bytes = read.mock.calls.reduce((sum, [length]) => sum + Number(length), 0);
    expect([bytes > 0, bytes < 4_000_000]).toEqual([true, true]);
  });

  it("are in a link as far as it takes them, and counted where not", async () => {
    const [fits, exceeds] = [randomBytes(300_000), randomBytes(4_100_000)];
    await importAll(patient, [letter("fits", fits), letter("exceeds", exceeds)]);
    const [timeline, validator] = await Promise.all([readTimeline(patient, addressOf(patient)), loadValidator()]);
    const records = linkableRecords(timeline).filter(({ data }) => /"id":"(fits|exceeds)"/.test(fromUtf8(data)));
    const { file, made } = await linkContent(
      patient,
      timeline,
      validator,
      { format: "records", records },
      new Date().toISOString(),
    );
    const text = fromUtf8(file.data);
    expect([made.resources, made.files, text.length < 1_000_000]).toEqual([2, 1, true]);
    expect(text).toContain(Buffer.from(fits).toString("base64"));
  });

  it("stop an import whose file changes, without a trace in the chart", async () => {
    const path = join(dataDir, "changing.json");
    await writeFile(path, JSON.stringify(letter("changing", randomBytes(600_000))));
    const source = sourceAt(path);
    const slices = vi.fn();
    const changing: FhirSource = {
      ...source,
      async *slice(from, to) {
        slices();
        // Read once to know it, and again to seal it.
        for await (const part of source.slice!(from, to))
          yield slices.mock.calls.length === 1 ? part : part.fill(0x41, 0, 4);
      },
    };
    const importing = new RecordImport(patient, addressOf(patient), await scanFhir(changing));
    await expect(importing.run()).rejects.toEqual(code("IMPORT_FILE_CHANGED"));
    expect(await recordOf(patient, "changing")).toBeUndefined();
  });

  it("are no text in memory, in and out", async () => {
    const [path, out] = [join(dataDir, "large.json"), join(dataDir, "out.json")];
    const file = await open(path, "w");
    await file.write('{"content":[{"attachment":{"contentType":"application/dicom","data":"');
    for (let written = 0; written < SIZE; written += 1 << 20)
      await file.write(Buffer.from(randomBytes(written + (1 << 20) < SIZE ? 1_048_575 : 1_048_576)).toString("base64"));
    await file.write('"}}],"id":"large","resourceType":"DocumentReference","status":"current"}');
    await file.close();
    const growth = await memoryGrowth(async (sample) => {
      const sampling = setInterval(sample, 20);
      const importing = new RecordImport(patient, addressOf(patient), await scanFhir(sourceAt(path)));
      expect(await importing.run()).toEqual({ accepted: 1, unchanged: 0 });
      const record = await recordOf(patient, "large");
      const copy = await open(out, "w");
      const sink = new WritableStream<Uint8Array>({ write: async (part) => void (await copy.write(part)) });
      await openRecordInto(patient, addressOf(patient), record, sink);
      await copy.close();
      clearInterval(sampling);
    });
    expect((await readFile(out)).equals(await readFile(path))).toBe(true);
    // Node's fetch holds what it sent until the store answers; here the stores are in the same process.
    expect(growth).toBeLessThan(Math.max(300, 200 + (SIZE / 1e6) * 1.5));
  });
});
