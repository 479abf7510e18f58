import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chain, type UnlockedSession, ChartReader, publishBatch, publishRecord, utf8 } from "@chartkey/sdk";
import {
  type LedgerExport,
  type RpcHeader,
  exportLedger,
  verifyAgainstChain,
  verifyExport,
  verifyHeader,
} from "@chartkey/sdk/verify";
import { createPublicClient, custom, fromRlp, numberToHex, toRlp } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startTestStack } from "../../../test/support/stack.ts";
import { unlockedActor } from "../../../scripts/lib/actor.ts";
import { FORGERIES, forge } from "./forgeries.ts";

const draft = (category: number, text: string) => ({ category, meta: { contentType: "text/plain" }, data: utf8(text) });

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let other: UnlockedSession;
let bytes: Uint8Array;
let file: LedgerExport;

const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const parse = (from: Uint8Array) => JSON.parse(new TextDecoder().decode(from)) as LedgerExport;

/** Names of the checks that do not hold. */
async function failures(of: Uint8Array): Promise<string[]> {
  const { ok, checks, proved } = await verifyExport(of);
  const failed = checks.filter((check) => !check.ok).map(({ name }) => name);
  expect({ ok, proved: proved.length > 0 }).toEqual({ ok: failed.length === 0, proved: failed.length === 0 });
  return failed;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-export-"));
  stack = await startTestStack({ dataDir });
  patient = await unlockedActor(stack, 3);
  other = await unlockedActor(stack, 4);
  await publishRecord(patient, addressOf(patient), draft(7, "first"));
  await publishRecord(other, addressOf(other), draft(7, "of somebody else"));
  const many = [draft(7, "a"), draft(5, "b"), draft(7, "c")];
  await publishBatch(patient, addressOf(patient), many);
  await publishRecord(patient, addressOf(patient), draft(5, "last"));
  const reader = new ChartReader(patient, addressOf(patient));
  const itemsOf = async (entry: Parameters<typeof reader.batchItems>[0]) =>
    (await reader.batchItems(entry)).map(({ index, category, codec, payload }) => ({
      index,
      category,
      codec,
      payload,
    }));
  bytes = await exportLedger(patient, addressOf(patient), { withPayloads: true, itemsOf });
  file = parse(bytes);
});

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("an export", () => {
  it("holds, and says what follows and what not", async () => {
    const report = await verifyExport(bytes);
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(report).toMatchObject({ ok: true, subject: { chainId: 20265, entries: 3, head: file.head } });
    expect(report.proved.join(" ")).toContain("exactly 3 entries");
    const computations = String(64 * (file.headers.length - 1));
    expect(report.subject!.work).toEqual({ computations, takes: { count: 0, unit: "second" } });
    expect(report.notProved.join(" ")).toContain(report.subject!.blockHash!);
    expect(file.documents.every(({ data }) => data !== undefined)).toBe(true);
    expect(file.documents).toHaveLength(2 + 2 + 3 + 2);
  });

  it("holds without ciphertexts, and for somebody without records", async () => {
    const plain = await exportLedger(patient, addressOf(patient));
    expect(await failures(plain)).toEqual([]);
    expect(plain.length).toBeLessThan(bytes.length);
    const nobody = await exportLedger(patient, "0x00000000000000000000000000000000000000aa");
    expect(await failures(nobody)).toEqual([]);
    expect(parse(nobody)).toMatchObject({ entries: [], receipts: [], documents: [] });
  });

  it("fails after any change of a byte, insertion, deletion or addition", async () => {
    const small = await exportLedger(patient, addressOf(patient));
    const step = Math.ceil(small.length / 1500);
    const alterations: [string, (at: number) => Uint8Array][] = [
      ["flip", (at) => small.with(at, small[at]! ^ (1 << (at % 8)))],
      ["other case or digit", (at) => small.with(at, small[at]! ^ 0x20)],
      ["delete", (at) => Uint8Array.from([...small.subarray(0, at), ...small.subarray(at + 1)])],
      ["insert a space", (at) => Uint8Array.from([...small.subarray(0, at), 0x20, ...small.subarray(at)])],
    ];
    const passed: string[] = [];
    for (const [name, alter] of alterations)
      for (let at = 0; at < small.length; at += name === "flip" ? 1 : step)
        if ((await verifyExport(alter(at))).ok) passed.push(`${name} at ${at}`);
    for (const tail of ["\n", " ", "\0", "{}"])
      if ((await verifyExport(Uint8Array.from([...small, ...utf8(tail)]))).ok) passed.push(`added ${tail}`);
    expect(passed).toEqual([]);
    expect(small.length).toBeGreaterThan(10_000);
  }, 120_000);

  it("fails in another spelling of the same content", async () => {
    expect(await failures(utf8(JSON.stringify(file, null, 1)))).toEqual(["form"]);
    expect(await failures(utf8(JSON.stringify(Object.fromEntries(Object.entries(file).reverse()))))).toEqual(["form"]);
  });
});

describe("a forged export with a fitting digest", () => {
  it.each(FORGERIES)("%s is noticed", async (_, alter, check) => {
    expect(await failures(await forge(file, alter))).toContain(check);
  });

  it("a header altered without its work is noticed, also with all links made to fit", async () => {
    const relinked = await forge(file, (forged) => {
      const last = fromRlp(forged.headers.at(-1)!, "hex") as `0x${string}`[];
      last[11] = `0x${(BigInt(last[11]!) + 1n).toString(16)}`;
      forged.headers[forged.headers.length - 1] = toRlp(last);
    });
    expect(await failures(relinked)).toEqual(["seals"]);
  });

  it("a chain that somebody mined for himself is noticed against one that is trusted", async () => {
    const report = await verifyExport(bytes, { blockHash: async () => `0x${"11".repeat(32)}` });
    expect(report.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(["anchor"]);
    const block = await patient.chain.client.getBlock({ blockNumber: BigInt(file.headers.length - 1) });
    expect(await verifyExport(bytes, { blockHash: async () => block.hash })).toMatchObject({ ok: true });
  });
});

describe("hostile input", () => {
  const nested = "[".repeat(200_000);
  it.each([
    ["nothing", ""],
    ["no JSON", "PK\u0003\u0004"],
    ["null", "null"],
    ["an array", "[]"],
    ["another document", '{"v":1}'],
    ["deep nesting", nested],
    ["closed deep nesting", nested + "]".repeat(200_000)],
    ["a prototype key", '{"__proto__":{"ok":true},"v":1}'],
    ["a constructor key", '{"constructor":{"prototype":{"ok":true}}}'],
    ["a number beyond all bounds", '{"v":1e999}'],
    ["a duplicate key", '{"v":1,"v":1}'],
  ])("%s gives a report", async (_, text) => {
    const report = await verifyExport(utf8(text));
    expect(report).toMatchObject({ ok: false, proved: [], checks: [{ name: "form", ok: false }] });
    expect(report.checks[0]!.detail).not.toBe("");
  });

  it("bytes that are not UTF-8, and members of a wrong kind, give a report", async () => {
    expect(await failures(Uint8Array.of(0xff, 0xfe, 0x7b))).toEqual(["form"]);
    for (const key of Object.keys(file) as (keyof LedgerExport)[])
      for (const wrong of [null, -1, 1.5, 2 ** 60, "0x", "x", [], [null], {}, true]) {
        const report = await failures(await forge(file, (forged) => Object.assign(forged, { [key]: wrong })));
        if (key !== "digest") expect(report.length, `${key}: ${String(wrong)}`).toBeGreaterThan(0);
      }
  });
});

describe("verifyAgainstChain", () => {
  it("recomputes every ledger, or one, from the blocks", async () => {
    const all = await verifyAgainstChain(patient.chain);
    expect(all.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(all).toMatchObject({ ok: true, patients: 2, entries: 4 });
    expect(await verifyAgainstChain(patient.chain, addressOf(other))).toMatchObject({
      ok: true,
      patients: 1,
      entries: 1,
    });
  });

  it.each<[string, string, (result: never) => unknown, string]>([
    ["alters a header", "eth_getBlockByNumber", (block: object) => ({ ...block, timestamp: "0x1" }), "links"],
    ["withholds a receipt", "eth_getBlockReceipts", (receipts: unknown[]) => receipts.slice(1), "receipts"],
    ["withholds changes and heads", "eth_call", () => `0x${"00".repeat(32)}`, "ledgers"],
  ])("notices a node that %s", async (_, method, alter, check) => {
    const { ok, checks, proved } = await verifyAgainstChain(throughLiar(method, alter as (result: unknown) => unknown));
    expect(checks.filter((result) => !result.ok).map(({ name }) => name)).toContain(check);
    expect({ ok, proved }).toEqual({ ok: false, proved: [] });
  });
});

/** The chain as a node shows it that alters its answers to one method. */
function throughLiar(method: string, alter: (result: unknown) => unknown): Chain {
  const { client } = patient.chain;
  const request = async (asked: { method: string; params?: unknown }) => {
    const result: unknown = await client.request(asked as never);
    return asked.method === method ? alter(result) : result;
  };
  return { ...patient.chain, client: createPublicClient({ transport: custom({ request }) }) };
}

describe("verifyHeader", () => {
  const blockAt = async (number: number) =>
    (await patient.chain.client.request({
      method: "eth_getBlockByNumber",
      params: [numberToHex(number), false],
    })) as unknown as RpcHeader;

  it("finds hash, link and seal of real blocks", async () => {
    const [genesis, first, second] = await Promise.all([0, 1, 2].map(blockAt));
    expect(verifyHeader(genesis!)).toMatchObject({ hash: "ok", link: "none", seal: "none" });
    const digest = first!.mixHash;
    expect(verifyHeader(first!, genesis!)).toEqual({ hash: "ok", link: "ok", seal: "ok", difficulty: "ok", digest });
    expect(verifyHeader(second!)).toMatchObject({ hash: "ok", link: "none", seal: "ok" });
    expect(verifyHeader(second!, genesis!)).toMatchObject({ hash: "ok", link: "broken", seal: "ok" });
  });

  it("notices any altered field", async () => {
    const block = await blockAt(3);
    const other = await blockAt(4);
    const altered: (keyof RpcHeader)[] = ["stateRoot", "receiptsRoot", "timestamp", "gasUsed", "number", "nonce"];
    for (const key of altered)
      expect(verifyHeader({ ...block, [key]: other[key] === block[key] ? "0x7" : other[key] }), key).toMatchObject({
        hash: "broken",
        seal: "broken",
      });
    // Less work claimed: the digest would do, but it is part of what was sealed.
    expect(verifyHeader({ ...block, difficulty: "0x1" })).toMatchObject({ hash: "broken", seal: "broken" });
    expect(verifyHeader({ ...block, difficulty: "0x1" }, await blockAt(2))).toMatchObject({ difficulty: "broken" });
  });
});
