import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Chain,
  connectChain,
  readAnchors,
  readConsent,
  readDelegateActs,
  readGrantsTo,
  readLedger,
  readMandates,
  readMemberChanges,
  readMembers,
  readPatients,
  readVisits,
  rpcClient,
} from "@chartkey/sdk";
import { type Address, numberToHex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCAL_CHAIN_ID, startStack } from "../../scripts/lib/stack.ts";
import { startLyingNode } from "../support/lying-node.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { type Cast, STEPS, diceOf, openHospital } from "./support/history.ts";

/** What the sdk reads is a function of the blocks: not of when, how often, or by whom it was read before. */

const SEED = 20_265;
const ROUNDS = 3;

let dataDir: string;
let stack: Stack;
let cast: Cast;
let chain: Chain;
/** What was read right after each step, and at which block. */
const live: { block: bigint; step: string; told: unknown }[] = [];

const addresses = (sessions: Cast["doctors"]): Address[] => sessions.map(({ wallet }) => wallet.account.address);
const each = <value>(accounts: Address[], read: (account: Address) => Promise<value>) =>
  Promise.all(accounts.map(read));

/** What every reader that takes a block tells as of one. */
async function readAt(of: Chain, block: bigint) {
  const patients = addresses(cast.patients);
  return {
    ledgers: await each(patients, (patient) => readLedger(of, patient, block)),
    consents: await each(patients, (patient) => readConsent(of, patient, block)),
    patients: await readPatients(of, block),
    anchors: await readAnchors(of, block),
  };
}

/** What every reader tells as of the newest block. */
async function readNewest(of: Chain) {
  const [patients, doctors] = [addresses(cast.patients), addresses(cast.doctors)];
  return {
    ledgers: await each(patients, (patient) => readLedger(of, patient)),
    consents: await each(patients, (patient) => readConsent(of, patient)),
    members: await readMembers(of, { id: 1 }),
    changes: await readMemberChanges(of, 1),
    mandates: await each(patients, (patient) => readMandates(of, { patient })),
    acts: await each(patients, (patient) => readDelegateActs(of, patient)),
    grants: await each(doctors, (doctor) => readGrantsTo(of, doctor)),
    visits: await each(doctors, (doctor) => readVisits(of, { doctor })),
    booked: await each(patients, (patient) => readVisits(of, { patient })),
  };
}

const readAll = async (of: Chain, block: bigint) => ({ ...(await readAt(of, block)), newest: await readNewest(of) });

/** Somebody who has seen nothing before. */
const stranger = (rpcUrl: string) => connectChain(rpcClient(rpcUrl, 20), { chainId: LOCAL_CHAIN_ID });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-replay-"));
  stack = await startTestStack({ dataDir });
  cast = await openHospital(stack);
  chain = cast.admin.chain;
  const dice = diceOf(SEED);
  for (let round = 0; round < ROUNDS; round++) {
    const steps = Object.entries(STEPS)
      .map(([step, run]) => ({ step, run, order: dice(1 << 20) }))
      .sort((left, right) => left.order - right.order);
    for (const { step, run } of steps) {
      await run(cast, dice);
      const block = await chain.client.getBlockNumber({ cacheTime: 0 });
      live.push({ block, step, told: await readAll(chain, block) });
    }
  }
}, 300_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe(`a history of ${ROUNDS * Object.keys(STEPS).length} steps from seed ${SEED}`, () => {
  it("holds something of everything", async () => {
    const { anchors, newest } = await readAll(chain, live.at(-1)!.block);
    const kinds = new Set(anchors.anchors.map(({ kind }) => kind));
    for (const kind of ["payload", "manifest", "wraps", "request", "keyring", "card"] as const)
      expect(kinds).toContain(kind);
    expect(newest.changes.map(({ status }) => status)).toContain("suspended");
    expect(newest.consents.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toContain("revoke");
    expect(newest.visits.flat().length).toBeGreaterThan(0);
    expect(new Set(live.map(({ block }) => block)).size).toBe(live.length);
  });

  it("O23 reads the same at its end, again and again", async () => {
    const { block, told } = live.at(-1)!;
    for (const reader of [chain, chain, await stranger(stack.rpcUrl)])
      expect(await readAll(reader, block)).toEqual(told);
  });

  it("O23 reads the same as of each earlier block", async () => {
    const anew = await stranger(stack.rpcUrl);
    for (const { block, told } of live)
      for (const reader of [chain, anew]) expect(told).toMatchObject(await readAt(reader, block));
  }, 120_000);

  it("O23 reads the same from a node that is only as far", async () => {
    const node = await startLyingNode(stack.rpcUrl);
    try {
      for (const { block, told } of live) {
        const number = numberToHex(block);
        const then = (reference: unknown) => (reference === "latest" ? number : reference);
        node.lies.set("eth_blockNumber", { told: () => number });
        node.lies.set("eth_getBlockByNumber", { asked: ([reference, whole]) => [then(reference), whole] });
        node.lies.set("eth_call", { asked: ([call, reference = "latest"]) => [call, then(reference)] });
        expect(await readAll(await stranger(node.url), block)).toEqual(told);
      }
    } finally {
      await node.close();
    }
  }, 120_000);

  it("O23 reads the same after the node rebuilt everything from its blocks", async () => {
    await stack.close();
    stack = await startStack({ dataDir, rpcPort: 0, storePort: 0, difficulty: 64n });
    const anew = await stranger(stack.rpcUrl);
    expect(await readAll(anew, live.at(-1)!.block)).toEqual(live.at(-1)!.told);
    for (const { block, told } of live) expect(told).toMatchObject(await readAt(anew, block));
  }, 120_000);
});
