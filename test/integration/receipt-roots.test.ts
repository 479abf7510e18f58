import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type UnlockedSession,
  accountOf,
  canonicalBytes,
  publishReceipts,
  publishRecord,
  readDeliveries,
  readTimeline,
} from "@chartkey/sdk";
import { type Address, type Hex, bytesToHex, sha256 } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { startStack } from "../../scripts/lib/stack.ts";
import { ZERO_HEAD } from "../../sdk/src/chain/head.ts";
import { readReceiptBatches } from "../../sdk/src/chain/receipt-batches.ts";
import { transact } from "../../sdk/src/chain/transact.ts";
import { accessLogAbi } from "../../sdk/src/generated/abi/AccessLog.ts";
import type { ContentStore } from "../../sdk/src/storage/content-store.ts";
import type { StoredReceipt } from "../../sdk/src/storage/receipt-list.ts";
import { PUBLIC_FILE } from "../../sdk/src/storage/scope.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** A store publishes which receipts there are; readers hold what it lists against that. */

const DAY = 86_400_000;
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const SINCE = dayOf(Date.now() - 5 * DAY);

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let account: Address;

const listed = () => readDeliveries(patient, accountOf(patient), SINCE);

/** Lists what a store says that changes each of its receipts. */
function told(change: (receipt: StoredReceipt) => StoredReceipt) {
  const receiptsOf = async (...asked: Parameters<ContentStore["receiptsOf"]>) => {
    const { receipts, more } = await patient.store.receiptsOf(...asked);
    return { receipts: receipts.map(change), more };
  };
  const store = new Proxy(patient.store, {
    get(target, name) {
      const value: unknown = name === "receiptsOf" ? receiptsOf : Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return readDeliveries({ ...patient, store }, accountOf(patient), SINCE);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-roots-"));
  stack = await startTestStack({ dataDir });
  patient = await unlockedActor(stack, 3);
  const resource = { resourceType: "Observation", status: "final", code: { text: "Glucose" } };
  const draft = { category: 7, meta: { contentType: "application/fhir+json" }, data: canonicalBytes(resource) };
  await publishRecord(patient, accountOf(patient), draft);
  await readTimeline(patient, accountOf(patient));
  await stack.close();
  // The day goes by.
  const folder = join(dataDir, "store", "receipts");
  for (const name of await readdir(folder))
    await rename(join(folder, name), join(folder, `${dayOf(Date.now() - DAY)}.log`));
  stack = await startStack({ dataDir, rpcPort: 0, storePort: 0, difficulty: 64n });
  patient = await unlockedActor(stack, 3);
  account = (await patient.store.receiptsOf(accountOf(patient), SINCE)).receipts[0]!.anchoredBy!;
  await vi.waitFor(async () => expect(await readReceiptBatches(patient.chain, account)).toHaveLength(1), 60_000);
}, 240_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("receipts of a store on the chain", () => {
  it("P33 are named with the time of their root, and those of today wait", async () => {
    await readTimeline(patient, accountOf(patient));
    const [batch] = await readReceiptBatches(patient.chain, account);
    const { deliveries, unchecked } = await listed();
    const states = deliveries.map(({ anchoring }) => anchoring);
    expect(unchecked).toEqual([]);
    expect(batch!.count).toBe(states.filter(({ state }) => state === "anchored").length);
    expect(states).toContainEqual({ state: "anchored", time: batch!.time });
    expect(states).toContainEqual({ state: "waiting" });
  });

  it("show what a store changed after it had published it, or never did", async () => {
    const leaf: Hex = `0x${"ab".repeat(32)}`;
    const early = (await told((receipt) => ({ ...receipt, leaf, time: receipt.time - 3 * DAY }))).deliveries;
    expect(new Set(early.map(({ anchoring }) => anchoring.state))).toEqual(new Set(["missing"]));
    const never = accountOf(patient);
    const stopped = await told((receipt) => ({ ...receipt, anchoredBy: never, time: receipt.time - 3 * DAY }));
    expect(new Set(stopped.deliveries.map(({ anchoring }) => anchoring.state))).toEqual(new Set(["missing"]));
    const late = (await told((receipt) => ({ ...receipt, leaf }))).deliveries;
    expect(new Set(late.map(({ anchoring }) => anchoring.state))).toEqual(new Set(["waiting"]));
  });

  it("are published once, however often it is tried", async () => {
    const store = await unlockedActor(stack, 5);
    const leaves = new Uint8Array(64).fill(7);
    await publishReceipts(store, leaves);
    await publishReceipts(store, leaves);
    expect(await readReceiptBatches(store.chain, accountOf(store))).toMatchObject([{ count: 2 }]);
  });

  it("are not believed when their list does not give the root", async () => {
    const store = await unlockedActor(stack, 6);
    const leaves = new Uint8Array(32).fill(9);
    await store.store.put(leaves, PUBLIC_FILE);
    const call = {
      address: store.chain.deployment.accessLog,
      abi: accessLogAbi,
      functionName: "publishReceipts",
    } as const;
    await transact(store.chain, store.wallet, {
      ...call,
      args: [sha256("0x01"), 1, bytesToHex(sha256(leaves, "bytes"))],
    });
    const { deliveries, unchecked } = await told((receipt) => ({ ...receipt, anchoredBy: accountOf(store) }));
    expect(unchecked).toMatchObject([{ store: stack.storeUrl, cause: { code: "RECEIPTS_FALSE_ROOT" } }]);
    expect(new Set(deliveries.map(({ anchoring }) => anchoring.state))).toEqual(new Set(["unknown"]));
  });

  it("are missed when a node withholds them", async () => {
    const client = Object.create(patient.chain.client, {
      getLogs: { value: async () => [] },
    }) as typeof patient.chain.client;
    await expect(readReceiptBatches({ ...patient.chain, client }, account)).rejects.toMatchObject({
      code: "RECEIPTS_INCOMPLETE",
      details: { replayed: ZERO_HEAD },
    });
  });
});
