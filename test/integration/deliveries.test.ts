import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type UnlockedSession,
  accountOf,
  canonicalBytes,
  claim,
  confirmMember,
  contentStores,
  createHospital,
  grantAccess,
  invite,
  openShare,
  publishBatch,
  publishRecord,
  readDeliveries,
  readFirstAccesses,
  readHospital,
  readTimeline,
  setAccreditation,
  shareRecord,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import type { ContentStore } from "../../sdk/src/storage/content-store.ts";
import type { StoredReceipt } from "../../sdk/src/storage/receipt-list.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** The patient sees who was handed what, and believes of it what the reader signed. */

const RESULTS = 7;
const TODAY = new Date().toISOString().slice(0, 10);

let dataDir: string;
let stack: Stack;
let doctor: UnlockedSession;
let patient: UnlockedSession;
let stranger: UnlockedSession;
let recordId: Hex;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-deliveries-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient, stranger] = [
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 4),
  ];
  await setAccreditation(
    await actor(stack, 0),
    await createHospital(admin, { name: "Ridgeway", staff: [] }),
    "accredited",
  );
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Amara Okafor" });
  const staff = { account: accountOf(doctor), name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
  const resource = {
    resourceType: "Observation",
    status: "final",
    code: { text: "Glucose" },
    valueString: "5.4 mmol/L",
  };
  const meta = { contentType: "application/fhir+json" };
  recordId = await publishRecord(patient, accountOf(patient), {
    category: RESULTS,
    meta,
    data: canonicalBytes(resource),
  });
  const expiry = Math.floor(Date.now() / 1000) + 3600;
  await grantAccess(patient, { grantee: accountOf(doctor), hospital: 1, read: [RESULTS], write: [], expiry });
  await readTimeline(doctor, accountOf(patient));
}, 240_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The patient's store, as one that lists something else. */
function storeThat(receiptsOf: ContentStore["receiptsOf"]): ContentStore {
  const { store: own } = patient;
  return {
    ...{ url: own.url, links: own.links, receiptsOf },
    ...{ put: own.put.bind(own), get: own.get.bind(own), read: own.read.bind(own) },
    ...{ getDocument: own.getDocument.bind(own), remove: own.remove.bind(own) },
    lettersTo: own.lettersTo.bind(own),
  };
}

const storeListing = (receipts: StoredReceipt[]) => storeThat(async () => ({ receipts, more: false }));

/** What the patient reads of the doctor's, from a store that changes what it says. */
async function told(
  change: (receipt: StoredReceipt, all: readonly StoredReceipt[]) => StoredReceipt | readonly StoredReceipt[],
) {
  const store = storeThat(async (...asked) => {
    const { receipts, more } = await patient.store.receiptsOf(...asked);
    return { receipts: receipts.flatMap((receipt) => change(receipt, receipts)), more };
  });
  const { deliveries } = await readDeliveries({ ...patient, store }, accountOf(patient), TODAY);
  return deliveries;
}

describe("what stores handed out", () => {
  it("names who was handed the content and the keys of which record, as he signed for it", async () => {
    const { deliveries, silent } = await readDeliveries(patient, accountOf(patient), TODAY);
    expect(silent).toEqual([]);
    const his = deliveries.filter(({ reader }) => reader === accountOf(doctor));
    for (const file of ["content", "keys"])
      expect(his).toContainEqual({
        ...{ act: "delivery", store: stack.storeUrl, reader: accountOf(doctor), proven: true },
        ...{ time: expect.closeTo(Date.now() / 1000, -3) as number, categories: [RESULTS], file, recordId },
        anchoring: { state: "waiting" },
      });
    expect(deliveries.every(({ proven }) => proven)).toBe(true);
    expect(deliveries.map(({ time }) => time)).toEqual(deliveries.map(({ time }) => time).sort((a, b) => b - a));
  });

  it.each<[string, (receipt: StoredReceipt, all: readonly StoredReceipt[]) => StoredReceipt]>([
    ["another reader", (receipt) => ({ ...receipt, reader: accountOf(stranger) })],
    ["a removal", (receipt) => ({ ...receipt, act: "removal" })],
    ["another time", (receipt) => ({ ...receipt, time: receipt.time + 600_000 })],
    ["no certificate", (receipt) => ({ ...receipt, certificate: undefined })],
    [
      "another key under the same wallet's signature",
      (receipt, all) => ({
        ...receipt,
        certificate: {
          ...receipt.certificate!,
          key: all.find(({ reader }) => reader !== receipt.reader)!.certificate!.key,
        },
      }),
    ],
    [
      "a longer session",
      (receipt) => {
        const { certificate } = receipt;
        return { ...receipt, certificate: { ...certificate!, expirationTime: "2999-01-01T00:00:00.000Z" } };
      },
    ],
    ["other categories", (receipt) => ({ ...receipt, categories: receipt.categories ^ 2 })],
    ["a key that is none", (receipt) => ({ ...receipt, certificate: { ...receipt.certificate!, key: "!!!" } })],
    ["a domain that is none", (receipt) => ({ ...receipt, certificate: { ...receipt.certificate!, domain: "a b" } })],
    [
      "a signature that is none",
      (receipt) => ({ ...receipt, certificate: { ...receipt.certificate!, signature: "x" } }),
    ],
    ["another text", (receipt, all) => ({ ...receipt, request: all.find((one) => one !== receipt)!.request })],
  ])("shows as unproven what a store says with %s", async (_, change) => {
    const deliveries = await told(change);
    expect(deliveries.length).toBeGreaterThan(0);
    expect(deliveries.some(({ proven }) => proven)).toBe(false);
  });

  it("believes none of a session that ended before", async () => {
    const deliveries = await told((receipt) => ({ ...receipt, time: 0 }));
    expect(deliveries.some(({ proven }) => proven)).toBe(false);
  });

  it("names a delivery once, however often a store lists it", async () => {
    const { deliveries } = await readDeliveries(patient, accountOf(patient), TODAY);
    const twice = await told((_, all) => all[0]!);
    expect(deliveries.length).toBeGreaterThan(1);
    expect(twice).toHaveLength(1);
  });

  it("hides no delivery behind a false copy of it", async () => {
    const { deliveries } = await readDeliveries(patient, accountOf(patient), TODAY);
    const mixed = await told((receipt) => [{ ...receipt, reader: accountOf(stranger) }, receipt]);
    // What the patient fetches himself grows with each reading.
    const his = (list: typeof mixed) => list.filter(({ proven, reader }) => proven && reader === accountOf(doctor));
    expect(his(mixed)).toHaveLength(his(deliveries).length);
  });

  it("names the entry of what was shared with somebody, and of one record of a batch", async () => {
    const draft = (text: string) => ({
      ...{ category: RESULTS, meta: { contentType: "application/fhir+json" } },
      data: canonicalBytes({ resourceType: "Observation", status: "final", code: { text } }),
    });
    const batch = await publishBatch(patient, accountOf(patient), [draft("Urea"), draft("Sodium")]);
    await readTimeline(doctor, accountOf(patient));
    const until = Math.floor(Date.now() / 1000) + 3600;
    const { code } = await shareRecord(patient, { recordId, index: 0 }, { to: accountOf(stranger), until });
    await openShare(stranger, code);
    const { deliveries } = await readDeliveries(patient, accountOf(patient), TODAY);
    const contents = deliveries.filter(({ file }) => file === "content");
    const of = (reader: UnlockedSession) => contents.filter((each) => each.reader === accountOf(reader));
    expect(of(doctor)).toContainEqual(expect.objectContaining({ recordId: batch, index: 1 }));
    expect(of(stranger)).toContainEqual(expect.objectContaining({ recordId, index: 0 }));
  });

  it("names each file that one signature is for, once, and none that it is not for", async () => {
    const { receipts } = await patient.store.receiptsOf(accountOf(patient), TODAY);
    const together = receipts.find(({ files, reader }) => files !== undefined && reader === accountOf(doctor))!;
    expect(together.files).toHaveLength(2);
    const only = (change: Parameters<typeof told>[0]) =>
      told((receipt, all) => (receipt.signature === together.signature ? change(receipt, all) : []));
    const both = await only((receipt) => receipt);
    expect(both.map(({ proven }) => proven)).toEqual([true, true]);
    expect(await only((receipt) => [receipt, { ...receipt, files: [1] }, receipt])).toEqual(both);
    expect(await only((receipt) => ({ ...receipt, files: [0] }))).toEqual(both.slice(0, 1));
    const unnamed = await only((receipt) => ({ ...receipt, files: [2] }));
    expect(unnamed).toMatchObject([{ file: "document", proven: true }]);
  });

  it("tells the patient who else was handed files, since when, and of which categories", async () => {
    const { deliveries } = await readDeliveries(patient, accountOf(patient), TODAY);
    const times = (reader: UnlockedSession) =>
      deliveries.filter((each) => each.reader === accountOf(reader)).map(({ time }) => time);
    const { accesses, silent, bounded } = await readFirstAccesses(patient, TODAY);
    const about = { proven: true, more: false, categories: [RESULTS] };
    expect(accesses).toHaveLength(2);
    for (const reader of [stranger, doctor]) {
      const access = {
        reader: accountOf(reader),
        time: Math.min(...times(reader)),
        files: expect.any(Number),
        ...about,
      };
      expect(accesses).toContainEqual(access);
    }
    // Both may fall into one second.
    expect(accesses[0]!.time).toBeGreaterThanOrEqual(accesses[1]!.time);
    expect(accesses.every(({ files }) => files > 0)).toBe(true);
    expect([silent, bounded]).toEqual([[], false]);
  });

  it("checks a bounded number of each reader's certificates, and says of a store that it told more", async () => {
    const { receipts } = await patient.store.receiptsOf(accountOf(patient), TODAY);
    const genuine = receipts.find(({ reader }) => reader === accountOf(doctor))!;
    const invented = Array.from({ length: 1_024 }, (_, number) => ({
      ...genuine,
      certificate: { ...genuine.certificate!, nonce: `invented${number}` },
    }));
    const listing = (all: StoredReceipt[]) =>
      readDeliveries({ ...patient, store: storeListing(all) }, accountOf(patient), TODAY);
    const before = await listing([...invented.slice(1), genuine]);
    expect([before.deliveries.some(({ proven }) => proven), before.silent]).toEqual([true, []]);
    const own = receipts.find(({ reader }) => reader === accountOf(patient))!;
    const { deliveries, silent } = await listing([...invented, genuine, own]);
    // What one reader has too many of is not taken from another one.
    const proven = deliveries.filter((each) => each.proven).map(({ reader }) => reader);
    expect(new Set(proven)).toEqual(new Set([accountOf(patient)]));
    expect(silent).toMatchObject([{ store: stack.storeUrl, cause: { code: "STORE_TOO_LARGE" } }]);
  });

  it("asks a store for one list at a time", async () => {
    const answers: number[] = [];
    const { fetch } = globalThis;
    vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
      const answer = await fetch(...asked);
      if (String(asked[0]).includes("/receipts?")) answers.push(answer.status);
      return answer;
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    const lists = await Promise.all([1, 2, 3].map(() => readDeliveries(patient, accountOf(patient), TODAY)));
    expect(lists.map(({ silent }) => silent)).toEqual([[], [], []]);
    expect(answers).toEqual([200, 200, 200]);
  });

  it("says that there may be more before the days that stores list", async () => {
    const before = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const read = async (days: number) => (await readDeliveries(patient, accountOf(patient), before(days))).silent;
    expect(await read(400)).toEqual([]);
    expect(await read(402)).toMatchObject([{ store: stack.storeUrl, cause: { code: "STORE_TOO_LARGE" } }]);
  });

  it("is for nobody else, and names a store that says nothing", async () => {
    const { deliveries, silent } = await readDeliveries(stranger, accountOf(patient), TODAY);
    expect(deliveries).toEqual([]);
    expect(silent).toMatchObject([{ store: stack.storeUrl, cause: { code: "STORE_FORBIDDEN" } }]);
    const gone = "http://127.0.0.1:9";
    const store = contentStores([gone]);
    expect((await readDeliveries({ ...patient, store }, accountOf(patient), TODAY)).silent).toMatchObject([
      { store: gone, cause: { code: "STORE_UNREACHABLE" } },
    ]);
  });
});
