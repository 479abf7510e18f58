import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartReader,
  type ContentReference,
  type RemovalReport,
  type UnlockedSession,
  categoryFile,
  appAt,
  claim,
  confirmMember,
  contentStores,
  createHospital,
  eraseRecord,
  fromUtf8,
  grantAccess,
  hideRecord,
  invite,
  openRecord,
  openShare,
  publishBatch,
  publishRecord,
  readHospital,
  readLedger,
  readShares,
  readTimeline,
  revokeStrongly,
  setAccreditation,
  shareRecord,
  showRecord,
  storeSession,
  utf8,
  withdrawShare,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** What patients do with records after they were written, on real blocks and two real stores with gates. */

vi.setConfig({ testTimeout: 240_000 });

const [DIAGNOSIS, RESULTS] = [5, 7];
const now = () => Math.floor(Date.now() / 1000);
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession, doctor: UnlockedSession, colleague: UnlockedSession, stranger: UnlockedSession;

async function admit(admin: UnlockedSession, member: UnlockedSession, name: string): Promise<void> {
  const account = addressOf(member);
  await claim(member, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account, name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), account, staff);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-control-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient, colleague, stranger] = [
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 5),
    await unlockedActor(stack, 6),
  ];
  await setAccreditation(
    await actor(stack, 0),
    await createHospital(admin, { name: "Ridgeway", staff: [] }),
    "accredited",
  );
  await admit(admin, doctor, "Dr Amara Okafor");
  await admit(admin, colleague, "Dr Tomasz Wiśniewski");
}, 300_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const text = (words: string, category = RESULTS) => ({
  category,
  meta: { contentType: "text/plain" },
  data: utf8(words),
});
const write = (words: string, category = RESULTS) => publishRecord(patient, addressOf(patient), text(words, category));
const grant = (to: UnlockedSession, read = [DIAGNOSIS, RESULTS], granted: number[] = []) =>
  grantAccess(patient, { grantee: addressOf(to), hospital: 1, read, write: granted, expiry: now() + 7200 });

async function wordsOf(reader: UnlockedSession, recordId: Hex): Promise<string[]> {
  const { records } = await openRecord(reader, addressOf(patient), recordId);
  return records.map(({ data }) => fromUtf8(data));
}

async function entryOf(recordId: Hex) {
  const { entries } = await readLedger(patient.chain, addressOf(patient));
  return entries.find((entry) => entry.recordId === recordId)!;
}

async function timelineEntry(reader: UnlockedSession, recordId: Hex) {
  const { entries } = await readTimeline(reader, addressOf(patient));
  return entries.find(({ entry }) => entry.recordId === recordId)!;
}

/** What a reader gets of the bytes themselves, whatever keys he kept. */
const bytesFor = (reader: UnlockedSession, reference: ContentReference, category = RESULTS) =>
  reader.store.get(reference, categoryFile(addressOf(patient), category));

const outcomes = (files: RemovalReport[]) =>
  [...new Set(files.map(({ kind, outcome }) => `${kind} ${outcome}`))].sort();
const storesIn = (files: RemovalReport[]) => new Set(files.map(({ store }) => store)).size;

describe("a hidden record", () => {
  it("is the patient's alone, though the grant goes on, until he shows it again", async () => {
    const recordId = await write("Potassium 4.1");
    await grant(doctor);
    expect(await wordsOf(doctor, recordId)).toEqual(["Potassium 4.1"]);
    const { payload, codec } = await entryOf(recordId);

    const { notice, files } = await hideRecord(patient, { recordId, index: 0 });
    expect(outcomes(files)).toEqual(["payload removed"]);
    expect(storesIn(files)).toBe(2);
    await expect(wordsOf(doctor, recordId)).rejects.toEqual(code("RECORD_HIDDEN"));
    await expect(bytesFor(doctor, { codec, digest: payload })).rejects.toEqual(code("STORE_NOT_FOUND"));
    expect(await wordsOf(patient, recordId)).toEqual(["Potassium 4.1"]);
    expect(await timelineEntry(doctor, recordId)).toMatchObject({
      problem: { code: "RECORD_HIDDEN" },
      withheld: [{ index: 0, state: "hidden" }],
    });
    const own = await readTimeline(patient, addressOf(patient));
    expect(own.entries[0]).toMatchObject({ records: [{ recordId, control: { state: "hidden" } }] });
    expect(own.notices.map(({ entry }) => entry.recordId)).toEqual([notice]);
    const again = await hideRecord(patient, { recordId, index: 0 });
    expect([again.notice, outcomes(again.files)]).toEqual([undefined, ["payload absent"]]);

    const shown = await showRecord(patient, { recordId, index: 0 });
    expect(outcomes(shown.files)).toEqual(["cover removed"]);
    expect(await wordsOf(doctor, recordId)).toEqual(["Potassium 4.1"]);
    expect((await timelineEntry(doctor, recordId)).withheld).toBeUndefined();
    await expect(showRecord(patient, { recordId, index: 0 })).rejects.toEqual(code("NOT_HIDDEN"));
  });

  it("of a batch is hidden by itself", async () => {
    const drafts = [text("Sodium"), text("Chloride"), text("Asthma", DIAGNOSIS)];
    const recordId = await publishBatch(patient, addressOf(patient), drafts);
    await grant(doctor);
    await hideRecord(patient, { recordId, index: 1 });
    expect(await wordsOf(doctor, recordId)).toEqual(["Sodium", "Asthma"]);
    expect(await wordsOf(patient, recordId)).toEqual(["Sodium", "Chloride", "Asthma"]);
    expect((await timelineEntry(doctor, recordId)).withheld).toMatchObject([{ index: 1, state: "hidden" }]);
    await showRecord(patient, { recordId, index: 1 });
    expect(await wordsOf(doctor, recordId)).toEqual(["Sodium", "Chloride", "Asthma"]);
  });

  it("is hidden by the patient alone: what an author claims does not count", async () => {
    const recordId = await write("Urea 5.0");
    await grant(doctor, [RESULTS], [RESULTS]);
    await grant(colleague, [RESULTS]);
    const notice = { v: 1, records: [{ recordId, index: 0, state: "erased" }] };
    const forged = { contentType: "application/vnd.chartkey.notice+json" };
    await publishRecord(doctor, addressOf(patient), {
      ...{ category: RESULTS, meta: forged },
      data: utf8(JSON.stringify(notice)),
    });
    expect((await timelineEntry(colleague, recordId)).problem).toBeUndefined();
  });
});

describe("one record that is shared", () => {
  it("is opened by whom it was shared with, against the ledger, and by nobody else", async () => {
    const [single, batch] = [
      await write("Ferritin 80"),
      await publishBatch(patient, addressOf(patient), [text("A"), text("B"), text("C")]),
    ];
    const terms = { to: addressOf(stranger), until: now() + 3600 };
    const first = await shareRecord(patient, { recordId: single, index: 0 }, terms);
    const second = await shareRecord(patient, { recordId: batch, index: 2 }, terms);
    const { record: opened, entry } = await openShare(stranger, first.code);
    expect(entry.patient).toBe(addressOf(patient));
    expect(fromUtf8(opened.data)).toBe("Ferritin 80");
    expect(opened).toMatchObject({ recordId: single, index: 0, category: RESULTS, hospital: 0 });
    expect(fromUtf8((await openShare(stranger, second.code)).record.data)).toBe("C");
    await expect(openShare(colleague, first.code)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    await expect(openShare(stranger, `${first.code.slice(0, -8)}`)).rejects.toBeInstanceOf(Error);
    await expect(wordsOf(stranger, single)).rejects.toEqual(code("NO_ACCESS"));
    expect(await readShares(patient)).toMatchObject([
      { record: { recordId: single } },
      { record: { recordId: batch } },
    ]);

    const { files } = await withdrawShare(patient, first.notice);
    expect(outcomes(files)).toEqual(["cover removed"]);
    await expect(openShare(stranger, first.code)).rejects.toEqual(code("SHARE_ENDED"));
    expect(fromUtf8((await openShare(stranger, second.code)).record.data)).toBe("C");
    expect((await readShares(patient)).map(({ withdrawn }) => withdrawn)).toEqual([true, false]);
    expect(outcomes((await withdrawShare(patient, first.notice)).files)).toEqual(["cover absent"]);
    await expect(withdrawShare(patient, single)).rejects.toEqual(code("NOTHING_TO_END"));
  });

  it("is handed out by the store until its last second", async () => {
    const recordId = await write("Calcium 2.3");
    const until = now() + 30;
    const share = await shareRecord(patient, { recordId, index: 0 }, { to: addressOf(stranger), until });
    expect(fromUtf8((await openShare(stranger, share.code)).record.data)).toBe("Calcium 2.3");
    await expect
      .poll(() => openShare(stranger, share.code).catch((error: unknown) => error), {
        timeout: 120_000,
        interval: 1000,
      })
      .toEqual(code("SHARE_ENDED"));
    expect(now()).toBeGreaterThanOrEqual(until);
  });
});

describe("a strong revoke", () => {
  it("seals again what the doctor could open, for those who stay, and takes his copies off the stores", async () => {
    const single = await write("Glucose 5.4");
    const batch = await publishBatch(patient, addressOf(patient), [text("Cold", DIAGNOSIS), text("Iron 12")]);
    await grant(colleague);
    await grant(doctor);
    const kept = await new ChartReader(doctor, addressOf(patient)).items(await entryOf(batch));
    const { payload, codec } = await entryOf(single);
    const references = [
      { codec, digest: payload },
      ...kept.map((item) => ({ codec: item.codec, digest: item.payload })),
    ];

    const { notice, files, left } = await revokeStrongly(patient, addressOf(doctor));
    expect(left).toEqual([]);
    expect(files.every(({ outcome }) => outcome !== "failed" && outcome !== "kept")).toBe(true);
    for (const digest of references.map((reference) => reference.digest))
      expect(files.filter((file) => file.digest === digest).map(({ outcome }) => outcome)).toEqual([
        "removed",
        "removed",
      ]);
    // Even who reads the whole chart has nothing that the doctor's keys open.
    for (const reference of references)
      await expect(bytesFor(patient, reference, DIAGNOSIS)).rejects.toEqual(code("STORE_NOT_FOUND"));
    for (const reader of [colleague, patient]) {
      expect(await wordsOf(reader, single)).toEqual(["Glucose 5.4"]);
      expect(await wordsOf(reader, batch)).toEqual(["Cold", "Iron 12"]);
    }
    // A store's yes of before counts a moment longer: until then it says that it has nothing.
    await expect
      .poll(() => wordsOf(doctor, single).catch((error: unknown) => error), { timeout: 60_000, interval: 500 })
      .toEqual(code("NO_ACCESS"));
    // The ledger is as it was, and goes on to the notice.
    const { entries } = await readLedger(patient.chain, addressOf(patient));
    expect(entries.at(-1)!.recordId).toBe(notice);
    expect(await entryOf(single)).toMatchObject({ payload });

    await grant(colleague, [RESULTS]);
    expect(await wordsOf(colleague, single)).toEqual(["Glucose 5.4"]);
    // Nor does hiding and showing it bring back what his keys open.
    await hideRecord(patient, { recordId: single, index: 0 });
    await showRecord(patient, { recordId: single, index: 0 });
    expect(await wordsOf(colleague, single)).toEqual(["Glucose 5.4"]);
    await expect(bytesFor(patient, { codec, digest: payload })).rejects.toEqual(code("STORE_NOT_FOUND"));
    const again = await revokeStrongly(patient, addressOf(doctor));
    expect(outcomes(again.files)).toContain("cover removed");
    expect(await wordsOf(colleague, batch)).toEqual(["Iron 12"]);
    await grant(doctor, [RESULTS]);
    expect(await wordsOf(doctor, single)).toEqual(["Glucose 5.4"]);
  });
});

describe("an erased record", () => {
  it("leaves every store and every page of keys, and the ledger tells since when", async () => {
    const recordId = await write("HIV negative");
    const share = await shareRecord(patient, { recordId, index: 0 }, { to: addressOf(stranger), until: now() + 3600 });
    await grant(doctor);
    expect(await wordsOf(doctor, recordId)).toEqual(["HIV negative"]);
    const { payload, wraps, codec } = await entryOf(recordId);

    const { notice, files } = await eraseRecord(patient, { recordId, index: 0 });
    expect(outcomes(files.filter(({ kind }) => kind !== "page"))).toEqual([
      "cover removed",
      "payload removed",
      "wraps removed",
    ]);
    expect(outcomes(files.filter(({ kind }) => kind === "page"))).toContain("page removed");
    expect(storesIn(files)).toBe(2);
    for (const digest of [payload, wraps])
      await expect(bytesFor(patient, { codec, digest })).rejects.toEqual(code("STORE_NOT_FOUND"));
    await expect(openShare(stranger, share.code)).rejects.toEqual(code("SHARE_ENDED"));
    const { time } = await entryOf(notice!);
    for (const reader of [patient, doctor])
      expect(await timelineEntry(reader, recordId)).toMatchObject({
        records: [],
        problem: { code: "RECORD_ERASED", details: { time } },
        withheld: [{ index: 0, state: "erased", time }],
      });
    await expect(
      new ChartReader(patient, addressOf(patient)).keys.find(await entryOf(recordId), RESULTS),
    ).rejects.toEqual(code("NO_ACCESS"));
    const again = await eraseRecord(patient, { recordId, index: 0 });
    expect(again.notice).toBeUndefined();
    expect(outcomes(again.files)).toEqual(["cover absent", "payload absent", "wraps absent"]);
    await grant(colleague);
    expect((await timelineEntry(colleague, recordId)).problem).toMatchObject({ code: "RECORD_ERASED" });
  });

  it("of a batch goes by itself, and the batch's list with the last one", async () => {
    const recordId = await publishBatch(patient, addressOf(patient), [text("One"), text("Two")]);
    const first = await eraseRecord(patient, { recordId, index: 0 });
    expect(outcomes(first.files)).toEqual(["payload removed"]);
    expect(await wordsOf(patient, recordId)).toEqual(["Two"]);
    const last = await eraseRecord(patient, { recordId, index: 1 });
    expect(outcomes(last.files)).toEqual(
      expect.arrayContaining(["manifest removed", "payload removed", "wraps removed"]),
    );
    await expect(wordsOf(patient, recordId)).rejects.toEqual(code("RECORD_ERASED"));
  });

  it("is told of when a store does not answer, and leaves that one as well when it is erased again", async () => {
    const recordId = await write("Zinc 12");
    await grant(doctor);
    const session = storeSession(patient.chain, patient.wallet, appAt(stack.storeUrls[0]));
    const store = contentStores([stack.storeUrls[0], "http://127.0.0.1:9"], session);
    const { files } = await eraseRecord({ ...patient, store }, { recordId, index: 0 });
    const silent = files.filter((file) => file.store === "http://127.0.0.1:9" && file.kind !== "page");
    expect(silent.map(({ outcome, problem }) => [outcome, problem?.code])).toEqual([
      ["failed", "STORE_UNREACHABLE"],
      ["failed", "STORE_UNREACHABLE"],
    ]);
    expect(outcomes(files)).toContain("payload removed");
    const again = await eraseRecord(patient, { recordId, index: 0 });
    const left = again.files.filter((file) => file.store === stack.storeUrls[1]);
    expect(outcomes(left)).toEqual(["page removed", "payload removed", "wraps removed"]);
  });
});
