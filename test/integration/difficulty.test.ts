import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type UnlockedSession, publishRecord, utf8 } from "@chartkey/sdk";
import { type LedgerExport, exportLedger, verifyAgainstChain, verifyExport } from "@chartkey/sdk/verify";
import { type Hex, hexToBigInt, numberToHex, slice, toRlp } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { startStack } from "../../scripts/lib/stack.ts";
import { forge } from "../../sdk/test/verify/forgeries.ts";
import { nextDifficulty } from "../../sdk/src/verify/difficulty.ts";
import { type HeaderFields, decodeHeader, rlpInteger, viewHeader } from "../../sdk/src/verify/header.ts";
import { independentVerdicts } from "../support/independent-verifier.ts";
import { sealed } from "../support/sealed-header.ts";
import type { Stack } from "../support/stack.ts";

/** A chain whose difficulty is adjusted, mined as `npm start -- --block-time 2 --adjust-difficulty` does, before both verifiers. */

const LEAST = 64n;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let bytes: Uint8Array;
/** An export of somebody without records, up to a block whose work a test does in no time. */
let file: LedgerExport;

const start = (adjustedTo?: number) =>
  startStack({
    ...{ dataDir, rpcPort: 0, storePort: 0, difficulty: LEAST },
    ...(adjustedTo === undefined ? {} : { adjustedTo }),
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-difficulty-"));
  stack = await start(2);
  patient = await unlockedActor(stack, 3);
  const { address } = patient.wallet.account;
  const draft = { category: 7, meta: { contentType: "text/plain" }, data: utf8("first") };
  await publishRecord(patient, address, draft);
  const isRaised = async () => (await patient.chain.client.getBlock()).difficulty > 4n * LEAST;
  await vi.waitUntil(isRaised, { timeout: 180_000 });
  bytes = await exportLedger(patient, address);
  file = parse(await exportLedger(patient, "0x00000000000000000000000000000000000000aa"));
  const raised = headersOf(file).findIndex((fields) => viewHeader(fields).difficulty > 4n * LEAST);
  file.headers.splice(raised + 1);
});

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const parse = (exported: Uint8Array) => JSON.parse(new TextDecoder().decode(exported)) as LedgerExport;
const headersOf = ({ headers }: LedgerExport) => headers.map((rlp) => decodeHeader(rlp)!);

/** An export whose last header says something else, with the work for that. */
function withLast(alter: (last: HeaderFields, parent: HeaderFields) => HeaderFields): Promise<Uint8Array> {
  return forge(file, (forged) => {
    const [parent, last] = headersOf(file).slice(-2) as [HeaderFields, HeaderFields];
    forged.headers.splice(-1, 1, toRlp(sealed(alter(last, parent))));
  });
}
const integer = (value: bigint): Hex => rlpInteger(numberToHex(value));
const announced = (last: HeaderFields, change: { blockTime?: bigint; least?: bigint }): Hex => {
  const { blockTime = 2n, least = LEAST } = change;
  return `${slice(last[12]!, 0, 16)}${numberToHex(blockTime, { size: 8 }).slice(2)}${numberToHex(least, { size: 8 }).slice(2)}`;
};

describe("a chain with an adjusted difficulty", () => {
  it("O14 is exported with difficulties that both verifiers compute again, and with their sum as its work", async () => {
    const views = headersOf(parse(bytes)).map((fields) => viewHeader(fields));
    expect(new Set(views.map(({ difficulty }) => difficulty)).size).toBeGreaterThan(5);
    const report = await verifyExport(bytes);
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    const work = views.slice(1).reduce((sum, { difficulty }) => sum + difficulty, 0n);
    expect(report.proved.join(" ")).toContain(`about ${work} SHA-256`);
    const [verdict] = await independentVerdicts(dataDir, bytes);
    expect(verdict).toMatchObject({ ok: true, entries: 1, blockHash: report.subject!.blockHash });
    expect(await verifyAgainstChain(patient.chain)).toMatchObject({ ok: true, patients: 1, entries: 1 });
  });

  it.each<[string, (last: HeaderFields, parent: HeaderFields) => HeaderFields]>([
    ["less difficulty than the rule gives", (last) => last.with(7, integer(LEAST))],
    ["a difficulty of 1", (last) => last.with(7, "0x01")],
    [
      "a later time and too little difficulty for it",
      (last) => last.with(11, integer(hexToBigInt(last[11]!) + 1n)).with(7, integer(LEAST)),
    ],
    ["a time before that of the block before", (last, parent) => last.with(11, integer(hexToBigInt(parent[11]!) - 1n))],
    [
      "a time so early that the rule divides by zero",
      (last, parent) => last.with(11, integer(hexToBigInt(parent[11]!) - 30n)).with(7, integer(LEAST)),
    ],
    ["no rule", (last) => last.with(12, "0x")],
    ["a rule of no time", (last) => last.with(12, announced(last, { blockTime: 0n }))],
    ["a rule of a long time", (last) => last.with(12, announced(last, { blockTime: 2n ** 64n - 1n }))],
    ["a rule of less difficulty", (last) => last.with(12, announced(last, { least: 1n })).with(7, "0x01")],
  ])("O14 is refused by both with %s", { timeout: 60_000 }, async (_, alter) => {
    const forged = await withLast(alter);
    const { checks } = await verifyExport(forged);
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["seals"]);
    expect(await independentVerdicts(dataDir, forged)).toEqual([{ ok: false, failed: "seals" }]);
  });

  it("cannot be told from one whose miner set his clock forward: the report names how little work it is", async () => {
    const forged = await withLast((last, parent) => {
      const before = viewHeader(parent);
      const timestamp = before.timestamp + 604_800n;
      return last.with(11, integer(timestamp)).with(7, integer(nextDifficulty(before, timestamp)));
    });
    const report = await verifyExport(forged);
    expect(report.ok).toBe(true);
    expect(report.notProved.join(" ")).toContain("a million a second");
    expect(await independentVerdicts(dataDir, forged)).toMatchObject([{ ok: true }]);
    const trusted = async () => viewHeader(headersOf(file).at(-1)!).hash;
    expect((await verifyExport(forged, { blockHash: trusted })).ok).toBe(false);
  });

  it("goes on in its folder on demand, without being told, and takes no other block time", async () => {
    await stack.close();
    await expect(start(3)).rejects.toMatchObject({ code: "POWCHAIN_GENESIS_MISMATCH" });
    stack = await start();
    expect(stack.deployed).toBe(false);
    const again = await unlockedActor(stack, 4);
    const header = await again.chain.client.getBlock();
    expect(header.extraData).toBe(headersOf(file).at(-1)![12]);
    expect(await verifyAgainstChain(again.chain)).toMatchObject({ ok: true });
  });
});
