import { createServer, type Server } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Chain,
  type Session,
  PUBLIC_FILE,
  auditConsent,
  auditLedger,
  consentRegistryAbi,
  contentStore,
  entryFile,
  keyDirectoryAbi,
  openEmergency,
  publishReceipts,
  readLedger,
  recordRegistryAbi,
  referenceOf,
} from "@chartkey/sdk";
import { type Report, type RpcHeader, verifyAgainstChain, verifyHeader } from "@chartkey/sdk/verify";
import {
  type Address,
  type Hex,
  type RpcLog,
  createPublicClient,
  custom,
  formatLog,
  hexToNumber,
  numberToHex,
  parseEventLogs,
  stringify,
  toFunctionSelector,
} from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { seed } from "../../scripts/seed.ts";
import { checkEvents, readContractReceipts } from "../../sdk/src/verify/events-check.ts";
import { checkLinks, type LinkedHeaders } from "../../sdk/src/verify/headers-check.ts";
import { readHeaders, readReceipts, readTransactions } from "../../sdk/src/verify/node.ts";
import { changedDigits, changedLeaves } from "../support/changed-bits.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { shiftedDate } from "./support/shifted-date.ts";

/** One bit that a node or a store changes on the way, anywhere in blocks, events and payloads of a filled chain. */

type Told = (answer: unknown, params: readonly unknown[]) => unknown;

let dataDir: string;
let stack: Stack;
let patient: Session;
let account: Address;
/** The chain through a node that tells each answer once, but for `lies`, by method. */
let chain: Chain;
const lies = new Map<string, Told>();
/** The block with the patient's newest entry. */
let block: bigint;
/** Milliseconds that pass at once. */
let ahead = 0;

/** A client of a true node that remembers what it was told, so that a question costs its checks alone. */
function through(url: string): Chain["client"] {
  const answers = new Map<string, Promise<unknown>>();
  const { client } = patient.chain;
  const request = async ({ method, params = [] }: { method: string; params?: readonly unknown[] }) => {
    const question = JSON.stringify([method, params]);
    if (!answers.has(question)) answers.set(question, client.request({ method, params } as never));
    const answer = await answers.get(question);
    return lies.get(method)?.(answer, params) ?? answer;
  };
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }), name: url });
}

beforeAll(async () => {
  vi.stubGlobal(
    "Date",
    shiftedDate(() => ahead),
  );
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-bits-"));
  stack = await startTestStack({ dataDir });
  await seed(stack);
  const doctor = await unlockedActor(stack, 2);
  patient = await unlockedActor(stack, 3);
  account = patient.wallet.account.address;
  await publishReceipts(await unlockedActor(stack, 5), new Uint8Array(64).fill(7));
  // Who was just appointed may not yet.
  ahead = 3_600_000;
  await openEmergency(doctor, { patient: account, hospital: 1, categories: [7], reason: "Found unconscious." });
  chain = { ...patient.chain, client: through(stack.rpcUrl) };
  block = (await readLedger(chain, account)).entries.at(-1)!.blockNumber;
}, 240_000);
afterEach(() => lies.clear());
afterAll(async () => {
  vi.unstubAllGlobals();
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const ask = <T>(method: string, ...params: unknown[]) =>
  chain.client.request({ method, params } as never) as Promise<T>;
const failing = ({ checks }: Report) => checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
const message = (promise: Promise<unknown>) =>
  promise.then(
    () => "nothing was noticed",
    (error: Error & { code?: string }) => `${error.code} ${error.message}`,
  );
const linked = async (): Promise<LinkedHeaders> => {
  const { fromBlock } = chain.deployment;
  return checkLinks(await readHeaders(chain, fromBlock, await chain.client.getBlockNumber()), fromBlock)[1];
};

/**
 * What an event says when it is decoded alone: not what fills its words up, and not from when a grant counts, which is in no head.
 * `verifyAgainstChain` holds both against the receipts.
 */
function meaningOf(log: RpcLog): string {
  const abi = [...recordRegistryAbi, ...consentRegistryAbi, ...keyDirectoryAbi];
  const [event] = parseEventLogs({ abi, logs: [formatLog(log)] });
  return stringify({ ...event?.args, since: undefined });
}

/** What a node adds to a block and its transactions that is not in the block, or a second time. */
const BESIDE_THE_HEADER = ["totalDifficulty", "size", "uncles", "transactions"];
const BESIDE_THE_TRANSACTION = ["blockHash", "blockNumber", "transactionIndex", "from", "gasPrice", "v"];

describe("one changed bit in what a node tells of blocks", () => {
  it("O14 in each digit of a header is named with the block, and breaks the explorer's check of it", async () => {
    const asked = [numberToHex(block), false] as const;
    const [truth, parent] = await Promise.all([
      ask<RpcHeader>("eth_getBlockByNumber", ...asked),
      ask<RpcHeader>("eth_getBlockByNumber", numberToHex(block - 1n), false),
    ]);
    expect(Object.values(verifyHeader(truth, parent))).not.toContain("broken");
    let count = 0;
    for (const [place, changed] of changedLeaves(truth, 1, BESIDE_THE_HEADER)) {
      if (BESIDE_THE_HEADER.some((name) => place.startsWith(name))) continue;
      lies.set("eth_getBlockByNumber", () => changed);
      const said = await message(readHeaders(chain, block, block));
      expect(said, place).toMatch(new RegExp(`^CHAIN_FALSE_ANSWER .*about block ${block} `));
      expect(verifyHeader(changed, parent).hash, place).toBe("broken");
      count += 1;
    }
    expect(count).toBeGreaterThan(900);
  });

  it("O14 in each digit of a transaction is named with the block", async () => {
    const headers = await readHeaders(chain, block, block);
    const truth = await ask<{ transactions: unknown[] }>("eth_getBlockByNumber", numberToHex(block), true);
    let count = 0;
    for (const [place, transactions] of changedLeaves(truth.transactions, 1, BESIDE_THE_TRANSACTION)) {
      lies.set("eth_getBlockByNumber", () => ({ ...truth, transactions }));
      const said = await message(readTransactions(chain, headers));
      expect(said, place).toMatch(new RegExp(`_MALFORMED|^CHAIN_FALSE_ANSWER .*the transactions of block ${block} `));
      count += 1;
    }
    expect(count).toBeGreaterThan(300);
  });
});

describe("one changed bit in what a node tells of events", () => {
  it("O14 in each digit of a block's receipts is named with the block", async () => {
    const headers = await readHeaders(chain, block, block);
    type Told = { type: Hex; status: Hex; cumulativeGasUsed: Hex; logsBloom: Hex; logs: RpcLog[] };
    const truth = await ask<Told[]>(
      "eth_getBlockReceipts",
      (await ask<RpcHeader>("eth_getBlockByNumber", numberToHex(block), false)).hash,
    );
    const proven = truth.map(({ type, status, cumulativeGasUsed, logsBloom, logs }) => ({
      ...{ type, status, cumulativeGasUsed, logsBloom },
      logs: logs.map(({ address, topics, data }) => ({ address, topics, data })),
    }));
    let count = 0;
    for (const [place, changed] of changedLeaves(proven)) {
      lies.set("eth_getBlockReceipts", () => changed);
      const said = await message(readReceipts(chain, headers));
      expect(said, place).toMatch(new RegExp(`^CHAIN_FALSE_ANSWER .*the receipts of block ${block} `));
      count += 1;
    }
    expect(count).toBeGreaterThan(1_000);
  });

  it("O14 in an event of each kind, in each of its fields, is named with block and event", async () => {
    const all = await linked();
    const [proven, hashes] = [await readContractReceipts(chain, all), await readTransactions(chain, all.fields)];
    const newest = all.views.at(-1)!.number;
    const check = () => checkEvents(chain, proven, hashes, newest);
    let logs: RpcLog[] = [];
    lies.set("eth_getLogs", (told) => void (logs = told as RpcLog[]));
    await expect(check()).resolves.toEqual([expect.stringMatching(/^\d+ events of the contracts/), true]);
    const kinds = [...new Map(logs.map((log, at) => [log.topics[0], at])).values()];
    expect(kinds.length).toBeGreaterThan(15);
    for (const at of kinds) {
      const { blockTimestamp: _time, removed: _removed, ...log } = logs[at]!;
      const place = `event ${hexToNumber(log.logIndex!)} of block ${hexToNumber(log.blockNumber!)} otherwise`;
      for (const [field, changed] of changedLeaves(log, 4)) {
        lies.set("eth_getLogs", () => logs.with(at, { ...logs[at]!, ...changed }));
        expect(await message(check()), field).toContain(place);
      }
    }
    for (const [why, told] of [
      ["withheld", logs.toSpliced(3, 1)],
      ["told twice", logs.toSpliced(3, 0, logs[2]!)],
      ["added", [...logs, logs[0]!]],
    ] as const) {
      lies.set("eth_getLogs", () => told);
      expect(await message(check()), why).toMatch(/^CHECK_FAILED The node tells event \d+ of block \d+ otherwise/);
    }
  });

  it("O14 is noticed by who reads a ledger or a list of consent by its events alone", async () => {
    for (const [name, read] of [
      ["ledger", auditLedger],
      ["consent", auditConsent],
    ] as const) {
      const asked: [string, RpcLog[]][] = [];
      lies.set("eth_getLogs", (logs, params) => void asked.push([JSON.stringify(params), logs as RpcLog[]]));
      expect((await read(chain, account)).finding, name).toBeUndefined();
      for (const [question, logs] of asked) {
        const log = logs.at(-1);
        if (log === undefined) continue;
        const { topics, data } = log;
        const meaning = meaningOf(log);
        for (const [field, changed] of changedLeaves({ topics, data })) {
          if (meaningOf({ ...log, ...changed }) === meaning) continue;
          lies.set("eth_getLogs", (told, params) =>
            JSON.stringify(params) === question ? [...logs.slice(0, -1), { ...log, ...changed }] : told,
          );
          const found = await message(
            read(chain, account).then(({ finding }) => {
              if (finding !== undefined) throw finding;
            }),
          );
          expect(found, `${name} ${question} ${field} ${JSON.stringify(changed)}`).toMatch(/^(LEDGER|CONSENT|CHAIN)_/);
        }
      }
    }
  });
});

describe("checking a whole chain", () => {
  const flipped = (value: Hex) => [...changedDigits(value)].at(-1)!;
  const lie = (method: string, told: Told) => lies.set(method, told);
  const nodes: Record<string, () => unknown> = {
    [`links: .*about block 5 `]: () =>
      lie("eth_getBlockByNumber", (header, [number]) =>
        number === "0x5" ? { ...(header as RpcHeader), stateRoot: flipped((header as RpcHeader).stateRoot) } : header,
      ),
    [`transactions: .*the transactions of block [0-9]+ `]: () =>
      lie("eth_getBlockByNumber", (told, [, whole]) => {
        const { transactions, ...header } = told as { transactions: { input: Hex }[] };
        const change = (each: { input: Hex }) => ({ ...each, input: flipped(each.input) });
        return whole === true ? { ...header, transactions: transactions.map(change) } : told;
      }),
    [`receipts: .*the receipts of block [0-9]+ `]: () =>
      lie("eth_getBlockReceipts", (told) =>
        (told as { logs: RpcLog[] }[]).map((receipt) => ({
          ...receipt,
          logs: receipt.logs.map((log) => ({ ...log, topics: log.topics.map(flipped) as Hex[] })),
        })),
      ),
    [`events: .*event [0-9]+ of block [0-9]+ `]: () =>
      lie("eth_getLogs", (told, [filter]) =>
        Array.isArray((filter as { address: unknown }).address)
          ? (told as RpcLog[]).map((log) => ({ ...log, address: flipped(log.address) }))
          : told,
      ),
    [`ledgers: The ledger of 0x[0-9a-fA-F]{40} `]: () => lieOfHead("head(address)"),
    [`consent: The list of consent of 0x[0-9a-fA-F]{40} `]: () => lieOfHead("consentHead(address)"),
  };
  const lieOfHead = (signature: string) =>
    lie("eth_call", (told, [call]) =>
      (call as { data: Hex }).data.startsWith(toFunctionSelector(signature)) ? flipped(told as Hex) : told,
    );

  it("holds through a node that tells the truth", async () => {
    const honest = await verifyAgainstChain(chain);
    expect(failing(honest)).toEqual([]);
    const names = ["links", "seals", "transactions", "receipts", "events", "ledgers", "consent"];
    expect(honest.checks.map(({ name }) => name)).toEqual(names);
  });

  it.each(Object.entries(nodes))("O14 names what is wrong: %s", async (named, tell) => {
    tell();
    const report = await verifyAgainstChain(chain);
    expect(report).toMatchObject({ ok: false, proved: [] });
    expect(failing(report)).toEqual([expect.stringMatching(new RegExp(`^${named}`))]);
  });
});

describe("one changed bit in a payload", () => {
  let server: Server;
  /** What the store answers to whatever it is asked. */
  let served: Uint8Array;

  beforeAll(async () => {
    server = createServer((_, response) => response.end(served));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("O08 O09 in each byte is named against the digest that is anchored, and nothing is handed on", async () => {
    const { entries } = await readLedger(patient.chain, account);
    const entry = entries.at(-1)!;
    const { payload: digest, codec } = entry;
    const bytes = await patient.store.get({ codec, digest }, entryFile(entry));
    const store = contentStore(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    served = bytes;
    expect(await store.get({ codec, digest }, PUBLIC_FILE)).toEqual(bytes);
    for (let at = 0; at < bytes.length; at += 1) {
      served = bytes.with(at, bytes[at]! ^ (1 << (at % 8)));
      const reading = store.get({ codec, digest }, PUBLIC_FILE);
      await expect(reading, `byte ${at}`).rejects.toMatchObject({ code: "STORE_WRONG_BYTES", details: { digest } });
      expect((await referenceOf(new Uint8Array(served))).digest, `byte ${at}`).not.toBe(digest);
    }
    expect(bytes.length).toBeGreaterThan(500);
  });
});
