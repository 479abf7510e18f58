import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContentReference,
  type ContentStore,
  type FileScope,
  type UnlockedSession,
  accountOf,
  appAt,
  canonicalBytes,
  categoryFile,
  contentStore,
  contentStores,
  emergencyCandidates,
  eraseRecord,
  fromUtf8,
  hideRecord,
  openRecord,
  publishBatch,
  publishRecord,
  publishSet,
  randomBytes,
  readLedger,
  readTimeline,
  repairChart,
  shareRecord,
  storeRights,
  storeSession,
  utf8,
  withdrawShare,
} from "@chartkey/sdk";
import { buildEmergencySet, loadValidator } from "@chartkey/sdk/records";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** What was hidden, shared or erased, where repairs, sweeps and emergency sets meet it: two real stores with gates. */

vi.setConfig({ testTimeout: 240_000 });

const [HISTORY, RESULTS] = [3, 7];
const NOWHERE = "http://127.0.0.1:9";
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;
const soon = () => Math.floor(Date.now() / 1000) + 7200;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession, other: UnlockedSession, friend: UnlockedSession;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-control-stores-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  [patient, other, friend] = [
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 4),
    await unlockedActor(stack, 6),
  ];
}, 300_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const text = (words: string) => ({ category: RESULTS, meta: { contentType: "text/plain" }, data: utf8(words) });
const write = (words: string, of = patient) => publishRecord(of, accountOf(of), text(words));
const whole = (recordId: Hex) => ({ recordId, index: 0 });

/** Each store by itself, and the first one beside a second that is silent. */
function storesFor({ chain, wallet }: UnlockedSession) {
  const session = storeSession(chain, wallet, appAt(stack.storeUrls[0]));
  const [first, second] = stack.storeUrls.map((url) => contentStore(url, session)) as [ContentStore, ContentStore];
  return { first, second, half: contentStores([stack.storeUrls[0], NOWHERE], session) };
}

const bytesAt = (store: ContentStore, of: UnlockedSession, reference: ContentReference) =>
  store.get(reference, categoryFile(accountOf(of), RESULTS));

async function entriesOf(of: UnlockedSession) {
  const { entries } = await readLedger(of.chain, accountOf(of));
  return (recordId: Hex) => entries.find((entry) => entry.recordId === recordId)!;
}

describe("a store that was down while the patient hid and erased", () => {
  let erased: Hex, hidden: Hex, batch: Hex;

  it("O19 is told by a repair to remove it, and gives none of it back to the others", async () => {
    [erased, hidden] = [await write("HIV negative"), await write("Potassium 4.1")];
    batch = await publishBatch(patient, accountOf(patient), [text("One"), text("Two")]);
    const { first, second, half } = storesFor(patient);
    const away = { ...patient, store: half };
    await eraseRecord(away, whole(erased));
    await hideRecord(away, whole(hidden));
    for (const index of [0, 1]) await eraseRecord(away, { recordId: batch, index });
    const entryOf = await entriesOf(patient);
    const gone = [entryOf(erased).payload, entryOf(erased).wraps, entryOf(hidden).payload, entryOf(batch).payload];
    for (const digest of gone) await bytesAt(second, patient, { codec: 0, digest });

    const checked = await repairChart(patient, accountOf(patient), { checkOnly: true });
    expect(new Set(checked.leftovers.map(({ store, outcome }) => `${store} ${outcome}`))).toEqual(
      new Set([`${stack.storeUrls[1]} held`]),
    );
    const { files, unread, leftovers } = await repairChart(patient, accountOf(patient));
    expect(unread).toEqual([]);
    expect(files.filter(({ copies }) => !copies.every(({ held }) => held))).toEqual([]);
    expect(leftovers.map(({ kind, outcome }) => `${kind} ${outcome}`).sort()).toEqual([
      "manifest removed",
      ...Array<string>(4).fill("payload removed"),
      "wraps removed",
      "wraps removed",
    ]);
    for (const store of [first, second])
      for (const digest of gone)
        await expect(bytesAt(store, patient, { codec: 0, digest })).rejects.toEqual(code("STORE_NOT_FOUND"));
    // The other store alone has what the patient still reads.
    const { records } = await openRecord({ ...patient, store: second }, accountOf(patient), hidden);
    expect(records.map(({ data }) => fromUtf8(data))).toEqual(["Potassium 4.1"]);
    const again = await repairChart(patient, accountOf(patient), { checkOnly: true });
    expect(again.leftovers).toEqual([]);
    expect(again.files.flatMap(({ copies }) => copies.map(({ found }) => found)).every((one) => one === "held")).toBe(
      true,
    );
  });

  it("O18 is swept on, though documents are erased, and keeps covers and shares that are in force", async () => {
    const shared = await write("Ferritin 80");
    const share = await shareRecord(patient, whole(shared), { to: accountOf(friend), until: soon() });
    const { files } = await repairChart(patient, accountOf(patient), { checkOnly: true });
    const covers = files.filter(({ file }) => file.kind === "cover").map(({ file }) => file.reference);
    expect(covers.map(({ digest }) => digest)).toContain(share.cover.digest);
    expect(covers).toHaveLength(2);
    const orphan = await patient.store.put(randomBytes(30), categoryFile(accountOf(patient), RESULTS));
    const far = { categories: 1 << RESULTS, uploader: `0x${"0".repeat(40)}`, since: soon() * 2 };
    const asked = [...covers, orphan].map((reference) => ({ ...reference, ...far }));
    const scopes = new Map<string, FileScope>(files.map(({ file }) => [file.reference.digest, file.scope]));
    const read = async (digest: string) => {
      const scope = scopes.get(digest);
      return scope && patient.store.getDocument(digest as Hex, scope).catch(() => undefined);
    };
    const { named } = storeRights(patient.chain);
    expect(await named(accountOf(patient), asked, read)).toEqual([true, true, false]);
    // What is lost without a word of the patient's is another matter.
    const entryOf = await entriesOf(patient);
    for (const lost of [entryOf(hidden).wraps, entryOf(share.notice).wraps])
      await expect(
        named(accountOf(patient), asked, (digest) => (digest === lost ? Promise.resolve(undefined) : read(digest))),
      ).rejects.toEqual(code("STORE_NOT_FOUND"));
    await withdrawShare(patient, share.notice);
    const { files: left } = await repairChart(patient, accountOf(patient), { checkOnly: true });
    expect(left.map(({ file }) => file.reference.digest)).not.toContain(share.cover.digest);
  });

  it("O19 keeps the last copy of a hidden record when its cover is lost everywhere", async () => {
    const recordId = await write("Sodium 140", other);
    const { first, second, half } = storesFor(other);
    const { notice } = await hideRecord({ ...other, store: half }, whole(recordId));
    const before = await repairChart(other, accountOf(other), { checkOnly: true });
    const cover = before.files.find(({ file }) => file.kind === "cover")!.file;
    expect(await first.remove(cover.reference, cover.scope)).toBe("removed");
    const { files, leftovers } = await repairChart(other, accountOf(other));
    expect(leftovers).toEqual([]);
    expect(files.find(({ file }) => file.kind === "cover")!.copies.map(({ found }) => found)).toEqual([
      "missing",
      "missing",
    ]);
    const { payload, codec } = (await entriesOf(other))(recordId);
    await bytesAt(second, other, { codec, digest: payload });
    await expect(bytesAt(first, other, { codec, digest: payload })).rejects.toEqual(code("STORE_NOT_FOUND"));
    for (const act of [hideRecord, eraseRecord])
      await expect(act(other, whole(notice!))).rejects.toEqual(code("RECORD_IS_NOTICE"));
  });
});

describe("an emergency set", () => {
  it("is made without what the patient hid, and hiding says where the record may still be seen", async () => {
    const validator = await loadValidator();
    const allergy = (words: string) => ({
      ...{ category: HISTORY, meta: { contentType: "application/fhir+json" } },
      data: canonicalBytes({ resourceType: "AllergyIntolerance", code: { text: words }, patient: { display: "A" } }),
    });
    const [kept, hidden] = [
      await publishRecord(patient, accountOf(patient), allergy("Penicillin")),
      await publishRecord(patient, accountOf(patient), allergy("Latex")),
    ];
    const candidates = async () => emergencyCandidates(await readTimeline(patient, accountOf(patient)), validator);
    const { items, asOf } = await candidates();
    expect(items).toHaveLength(2);
    await publishSet(patient, {
      ...{ bundle: buildEmergencySet({ details: {}, items, date: new Date().toISOString() }), asOf, hospitals: [] },
    });
    const terms = { to: accountOf(friend), until: soon() };
    const first = await shareRecord(patient, whole(hidden), terms);
    const second = await shareRecord(patient, whole(hidden), terms);
    const { elsewhere } = await hideRecord(patient, whole(hidden));
    expect(elsewhere).toEqual({ shares: [first.notice, second.notice], emergencySet: true });
    expect((await withdrawShare(patient, first.notice)).elsewhere).toEqual({
      shares: [second.notice],
      emergencySet: true,
    });
    const after = await candidates();
    expect(after.items.map(({ url }) => url)).toEqual([`urn:chartkey:${kept}:0:0`]);
    // Erased entries are no failure, and notices are entries as well.
    expect(after).toMatchObject({ hidden: 2, unopened: 0 });
    const { entries } = await readLedger(patient.chain, accountOf(patient));
    expect(after.asOf.sequence).toBe(entries.length);
    expect((await eraseRecord(patient, whole(hidden))).elsewhere).toEqual({ shares: [], emergencySet: true });
  });
});
