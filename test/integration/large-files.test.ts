import { openAsBlob } from "node:fs";
import { mkdtemp, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartkeyError,
  type UnlockedSession,
  hideRecord,
  openRecordInto,
  publishFile,
  readTimeline,
  showRecord,
} from "@chartkey/sdk";
import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { temporarySpool, wholeFileSink } from "../../cli/src/spool.ts";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { memoryGrowth } from "../../scripts/bench/measure.ts";
import { randomBytes } from "../../sdk/src/bytes.ts";
import type { ContentStore } from "../../sdk/src/storage/content-store.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Bytes of the file; `LARGE_FILE_MB=1024` for one of a gigabyte. */
const SIZE = Number(process.env["LARGE_FILE_MB"] ?? 40) << 20;
const RESULTS = 7;
const META = { contentType: "application/dicom", title: "MRI" };

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let path: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-large-"));
  stack = await startTestStack({ dataDir });
  patient = await unlockedActor(stack, 3);
  path = join(dataDir, "mri.dcm");
  const file = await open(path, "w");
  for (let written = 0; written < SIZE; written += 1 << 20) await file.write(randomBytes(1 << 20));
  await file.close();
}, 240_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("chartkey-sealed-"));

const newestOf = async (address: Address) => {
  const { entries } = await readTimeline(patient, address);
  return entries.flatMap(({ records }) => records).find(({ large }) => large !== undefined)!;
};

/** The same bytes, compared part by part. */
async function expectSame(left: string, right: string): Promise<void> {
  const [one, other] = [await openAsBlob(left), await openAsBlob(right)];
  expect(other.size).toBe(one.size);
  for (let at = 0; at < one.size; at += 1 << 24) {
    const [a, b] = await Promise.all([one, other].map((file) => file.slice(at, at + (1 << 24)).arrayBuffer()));
    expect(Buffer.from(a!).equals(Buffer.from(b!))).toBe(true);
  }
}

describe("a file that memory need not hold", { timeout: 600_000 }, () => {
  it("goes into a chart, is named in it without being fetched, and comes out as it was", async () => {
    const { address } = patient.wallet.account;
    const draft = { category: RESULTS, meta: META, file: await openAsBlob(path) };
    const recordId = await publishFile(patient, address, draft, await temporarySpool());
    const { entries } = await readTimeline(patient, address);
    expect(entries).toMatchObject([
      { records: [{ recordId, meta: META, large: { size: SIZE }, data: new Uint8Array() }] },
    ]);
    const sink = wholeFileSink({ cwd: dataDir }, "copy.dcm");
    expect(await openRecordInto(patient, address, { recordId, index: 0 }, sink)).toMatchObject({
      meta: META,
      size: SIZE,
    });
    await expectSame(path, join(dataDir, "copy.dcm"));
    expect((await stat(join(dataDir, "copy.dcm"))).mode & 0o077).toBe(0);
  });

  it("is hidden, and given back, as it was and in constant memory", async () => {
    const { address } = patient.wallet.account;
    const session = { ...patient, newSpool: temporarySpool };
    const [before, record] = [await folders(), { recordId: (await newestOf(address)).recordId, index: 0 }];
    const reveal = async (name: string) => {
      expect(await openRecordInto(patient, address, record, wholeFileSink({ cwd: dataDir }, name))).toMatchObject({
        size: SIZE,
      });
      await expectSame(path, join(dataDir, name));
    };
    const growth = await memoryGrowth(async (sample) => {
      const sampling = setInterval(sample, 20);
      await hideRecord(session, record);
      clearInterval(sampling);
    });
    expect(growth).toBeLessThan(Math.max(300, SIZE / 2e6));
    expect(await newestOf(address)).toMatchObject({ large: { size: SIZE }, control: { state: "hidden" } });
    await reveal("hidden.dcm");
    const removed = vi.fn();
    const { store: whole } = session;
    const store: ContentStore = {
      url: whole.url,
      links: whole.links,
      put: (...asked) => whole.put(...asked),
      get: (...asked) => whole.get(...asked),
      getDocument: (...asked) => whole.getDocument(...asked),
      lettersTo: (...asked) => whole.lettersTo(...asked),
      receiptsOf: (...asked) => whole.receiptsOf(...asked),
      remove: removed,
      async *read(...asked) {
        let size = 0;
        for await (const part of whole.read(...asked)) {
          if ((size += part.length) > SIZE / 2) throw new ChartkeyError("STORE_UNREACHABLE", "Gone.");
          yield part;
        }
      },
    };
    // Hidden once more: as long as the end of its cover is not there, nothing below it goes.
    await expect(hideRecord({ ...session, store }, record)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    expect(removed).not.toHaveBeenCalled();
    await showRecord(session, record);
    await reveal("shown.dcm");
    expect(await folders()).toEqual(before);
  });

  it("leaves nothing behind, neither sealed nor open, when it fails", async () => {
    const { address } = patient.wallet.account;
    const before = await folders();
    const stranger = await actor(stack, 5);
    const draft = { category: RESULTS, meta: META, file: await openAsBlob(path) };
    await expect(publishFile(stranger, address, draft, await temporarySpool())).rejects.toMatchObject({
      code: "REVERT_RecordRegistry_NoAccess",
    });
    expect(await folders()).toEqual(before);
    const missing = { recordId: `0x${"ab".repeat(28)}00000001`, index: 0 } as const;
    const sink = wholeFileSink({ cwd: dataDir }, "none.dcm");
    await expect(openRecordInto(patient, address, missing, sink)).rejects.toMatchObject({ code: "RECORD_UNKNOWN" });
    expect((await readdir(dataDir)).filter((name) => name.startsWith("none"))).toEqual([]);
  });

  it("tells how far it is, first of the file and then of its ciphertext", async () => {
    const file = (await openAsBlob(path)).slice(0, 3 << 20);
    const told = new Map<string, number[]>();
    let phase = "";
    const draft = { category: RESULTS, meta: META, file };
    await publishFile(patient, patient.wallet.account.address, draft, await temporarySpool(), {
      onPhase: (entered) => (phase = entered),
      onBytes: (done) => void told.set(phase, [...(told.get(phase) ?? []), done]),
    });
    const encrypted = told.get("encrypting")!;
    expect(encrypted.at(-1)).toBe(file.size);
    expect(encrypted.length).toBeGreaterThan(2);
    for (const bytes of told.values()) expect(bytes).toEqual(bytes.toSorted((left, right) => left - right));
  });

  it.each(["encrypting", "uploading"] as const)(
    "is stopped while it is %s, and nothing of it is signed",
    async (at) => {
      const { address } = patient.wallet.account;
      const before = [await folders(), (await readTimeline(patient, address)).entries.length];
      const stop = new AbortController();
      const draft = { category: RESULTS, meta: META, file: await openAsBlob(path) };
      const phases: string[] = [];
      const onPhase = (phase: string) => {
        phases.push(phase);
        if (phase === at) stop.abort();
      };
      const published = publishFile(patient, address, draft, await temporarySpool(), { onPhase, signal: stop.signal });
      await expect(published).rejects.toMatchObject({ code: "FILE_STOPPED" });
      expect(phases.at(-1)).toBe(at);
      expect([await folders(), (await readTimeline(patient, address)).entries.length]).toEqual(before);
    },
  );

  it("says so when it can no longer be read", async () => {
    const { address } = patient.wallet.account;
    const gone = join(dataDir, "gone.dcm");
    await writeFile(gone, randomBytes(1000));
    const draft = { category: RESULTS, meta: META, file: await openAsBlob(gone) };
    await rm(gone);
    await expect(publishFile(patient, address, draft, await temporarySpool())).rejects.toMatchObject({
      code: "FILE_UNREADABLE",
    });
  });
});
