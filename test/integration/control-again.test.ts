import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContentReference,
  type ContentStore,
  type RemovalReport,
  type UnlockedSession,
  accountOf,
  appAt,
  categoryFile,
  contentStore,
  contentStores,
  eraseRecord,
  fromUtf8,
  hideRecord,
  openRecord,
  openShare,
  publishBatch,
  publishRecord,
  readLedger,
  readShares,
  revokeStrongly,
  shareRecord,
  storeSession,
  utf8,
  withdrawShare,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** What patients do once more, since a store was down the first time or withholds what they did: two real stores with gates. */

vi.setConfig({ testTimeout: 240_000 });

const RESULTS = 7;
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession, other: UnlockedSession, friend: UnlockedSession;
/** The patient while the second store is down, and that store by itself. */
let away: UnlockedSession, second: ContentStore;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-control-again-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  [patient, other, friend] = [
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 4),
    await unlockedActor(stack, 6),
  ];
  const session = storeSession(patient.chain, patient.wallet, appAt(stack.storeUrls[0]));
  away = { ...patient, store: contentStores([stack.storeUrls[0], "http://127.0.0.1:9"], session) };
  second = contentStore(stack.storeUrls[1]!, session);
}, 300_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const text = (words: string) => ({ category: RESULTS, meta: { contentType: "text/plain" }, data: utf8(words) });
const write = (words: string, of = patient) => publishRecord(of, accountOf(of), text(words));
const whole = (recordId: Hex) => ({ recordId, index: 0 });
const terms = () => ({ to: accountOf(friend), until: Math.floor(Date.now() / 1000) + 7200 });
const bytesAt = (store: ContentStore, reference: ContentReference) =>
  store.get(reference, categoryFile(accountOf(patient), RESULTS));
const removedAtSecond = (files: RemovalReport[]) =>
  files
    .filter(({ store, outcome }) => store === stack.storeUrls[1] && outcome === "removed")
    .map(({ kind }) => kind)
    .sort();

async function entryOf(recordId: Hex, of = patient) {
  const { entries } = await readLedger(of.chain, accountOf(of));
  return entries.find((entry) => entry.recordId === recordId)!;
}

describe("what a store failed to remove is removed when it is asked again", () => {
  it("of an import, with every record that was erased before its list went", async () => {
    const batch = await publishBatch(patient, accountOf(patient), [text("One"), text("Two")]);
    for (const index of [0, 1]) await eraseRecord(away, { recordId: batch, index });
    const { notice, files } = await eraseRecord(patient, { recordId: batch, index: 1 });
    expect(notice).toBeUndefined();
    expect(removedAtSecond(files)).toEqual(["manifest", "payload", "payload", "wraps"]);
  });

  it("of a share, also by erasing its record later", async () => {
    const recordId = await write("Ferritin 80");
    const shares = [
      await shareRecord(patient, whole(recordId), terms()),
      await shareRecord(patient, whole(recordId), terms()),
    ] as const;
    for (const { notice } of shares) await withdrawShare(away, notice);
    const entries = async () => (await readLedger(patient.chain, accountOf(patient))).entries.length;
    const before = await entries();
    expect(removedAtSecond((await withdrawShare(patient, shares[0].notice)).files)).toEqual(["cover"]);
    expect(await entries()).toBe(before);
    expect(removedAtSecond((await eraseRecord(patient, whole(recordId))).files)).toEqual(["cover", "payload", "wraps"]);
  });

  it("of a hidden record, but for the seal that it is read from", async () => {
    const recordId = await write("Potassium 4.1");
    await hideRecord(away, whole(recordId));
    const { payload, codec } = await entryOf(recordId);
    await bytesAt(second, { codec, digest: payload });
    const { notice, files } = await hideRecord(patient, whole(recordId));
    expect(notice).toBeUndefined();
    expect(removedAtSecond(files)).toEqual(["payload"]);
    await expect(bytesAt(second, { codec, digest: payload })).rejects.toEqual(code("STORE_NOT_FOUND"));
    const { records } = await openRecord(patient, accountOf(patient), recordId);
    expect(records.map(({ data }) => fromUtf8(data))).toEqual(["Potassium 4.1"]);
  });
});

it("a strong revoke ends the shares with whom it shuts out", async () => {
  const recordId = await write("Iron 12");
  const share = await shareRecord(patient, whole(recordId), terms());
  const { files } = await revokeStrongly(patient, accountOf(friend));
  expect(files.filter(({ digest }) => digest === share.cover.digest).map(({ outcome }) => outcome)).toEqual([
    "removed",
    "removed",
  ]);
  await expect(openShare(friend, share.code)).rejects.toEqual(code("SHARE_ENDED"));
  expect((await readShares(patient)).every(({ withdrawn }) => withdrawn)).toBe(true);
});

it("nothing is done while a notice is withheld, but that what is lost for good can be erased", async () => {
  const [recordId, lost] = [await write("Urea 5.0", other), await write("Sodium 140", other)];
  const { payload, codec } = await entryOf(lost, other);
  const scope = categoryFile(accountOf(other), RESULTS);
  await other.store.remove({ codec, digest: payload }, scope);
  const missing = expect.objectContaining({ code: "NOTICE_MISSING", details: { recordId: lost } }) as unknown;
  for (const act of [hideRecord, eraseRecord]) await expect(act(other, whole(recordId))).rejects.toEqual(missing);
  await expect(shareRecord(other, whole(recordId), terms())).rejects.toEqual(missing);
  await eraseRecord(other, whole(lost));
  await hideRecord(other, whole(recordId));
});
