import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Powchain, startPowchain } from "@chartkey/powchain";
import { rpcClient } from "@chartkey/sdk";
import { decodeCheckpoint, encodeCheckpoint } from "@chartkey/sdk/verify";
import { createWalletClient, http } from "viem";
import { afterAll, beforeAll, expect, it } from "vitest";
import { developmentAccount, genesisBalances } from "../../scripts/lib/accounts.ts";
import { startStack } from "../../scripts/lib/stack.ts";
import { type Stack, startTestStack } from "../../test/support/stack.ts";
import { keyOf, runCli } from "./support.ts";

/** Two chains: one that is witnessed, and mined again from a folder that was kept; and one that witnesses. */

const EASY = 64n;
const writer = developmentAccount(1);

let dir: string;
let stack: Stack;
let witness: Powchain;

/** Mines `count` blocks with a transaction each. Another `value` gives other blocks. */
async function mine(count: number, value: bigint, url = stack.rpcUrl): Promise<void> {
  const wallet = createWalletClient({ account: developmentAccount(8), transport: http(url) });
  for (let sent = 0; sent < count; sent += 1) {
    const hash = await wallet.sendTransaction({ chain: null, to: writer.address, value });
    await rpcClient(url, 20).waitForTransactionReceipt({ hash });
  }
}

/** Stops the chain, keeps its folder or goes back to a kept one, and starts it again. */
async function restart({ keep, from }: { keep?: string; from?: string }): Promise<void> {
  await stack.close();
  const chain = join(dir, "data", "chain");
  if (keep !== undefined) await cp(chain, join(dir, keep), { recursive: true });
  if (from !== undefined) {
    await rm(chain, { recursive: true });
    await cp(join(dir, from), chain, { recursive: true });
  }
  stack = await startStack({ dataDir: join(dir, "data"), rpcPort: 0, storePort: 0, difficulty: EASY });
}

function checkpoint(args: string[], account?: number, url = witness.url) {
  const key = account === undefined ? {} : { CHARTKEY_PRIVATE_KEY: keyOf(account) };
  const env = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrl, ...key };
  return runCli(["checkpoint", "--witness", url, "--json", ...args], env, dir);
}
const write = async (...args: string[]) => {
  const { code, stdout } = await checkpoint(args, 1);
  expect(code, stdout).toBe(0);
  const { number, hash } = JSON.parse(stdout) as Checked["checkpoint"];
  return { number, hash };
};
async function check(by = writer.address, ...more: string[]) {
  const { code, stdout } = await checkpoint(["--check", "--by", by, ...more]);
  return { code, ...(JSON.parse(stdout) as CheckAnswer) };
}
interface CheckAnswer {
  ok?: boolean;
  checkpoints?: Checked[];
  link?: { from: number; to: number; hash: string; broken: boolean };
  error?: { code: string };
}
interface Checked {
  ok: boolean;
  hash?: string;
  checkpoint: { number: number; hash: string };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "chartkey-checkpoint-"));
  stack = await startTestStack({ dataDir: join(dir, "data") });
  witness = await startPowchain({ port: 0, chainId: 31_999, difficulty: EASY, accounts: genesisBalances() });
}, 180_000);
afterAll(async () => {
  await stack?.close();
  await witness?.close();
  if (dir) await rm(dir, { recursive: true, force: true });
});

it("data that are no checkpoint claim nothing", () => {
  const claim = { chainId: 20_265, number: 2n ** 40n, hash: `0x${"ab".repeat(32)}` } as const;
  const data = encodeCheckpoint(claim);
  expect(decodeCheckpoint(data)).toEqual(claim);
  expect(decodeCheckpoint("0x")).toBeUndefined();
  expect(decodeCheckpoint(`${data}00`)).toBeUndefined();
  expect(decodeCheckpoint(`0x00${data.slice(4)}`)).toBeUndefined();
});

it("says that there is no checkpoint, and that a chain is no witness of itself", async () => {
  expect(await check()).toMatchObject({ code: 1, error: { code: "CHECKPOINT_NONE" } });
  const { code, stdout } = await checkpoint([], 1, stack.rpcUrl);
  expect([code, stdout]).toEqual([1, expect.stringContaining("WITNESS_SAME_CHAIN")]);
});

it("holds a chain against what the witness has, among other transactions there", async () => {
  await mine(2, 1n);
  const early = await write("--depth", "0");
  await restart({ keep: "kept" });
  await mine(3, 1n);
  await mine(1, 1n, witness.url);
  const late = await write("--depth", "1");
  expect(late.number).toBe(early.number + 2);
  const found = await check();
  expect(found).toMatchObject({ code: 0, ok: true });
  expect(found.checkpoints!.map((each) => each.checkpoint)).toMatchObject([late, early]);
  expect(found.link).toBeUndefined();
  const newest = await rpcClient(stack.rpcUrl).getBlock();
  const link = { from: early.number, to: Number(newest.number), hash: newest.hash, broken: false };
  expect(await check(writer.address, "--link")).toMatchObject({ code: 0, ok: true, link });
  expect(await check(developmentAccount(8).address)).toMatchObject({ code: 1, error: { code: "CHECKPOINT_NONE" } });
}, 120_000);

it("names the block that is missing, and the one that was mined again", async () => {
  await restart({ from: "kept" });
  const missing = await check();
  expect(missing).toMatchObject({ code: 1, ok: false });
  expect(missing.checkpoints!.map(({ ok, hash }) => [ok, hash === undefined])).toEqual([
    [false, true],
    [true, false],
  ]);
  await mine(4, 2n);
  const rewritten = await check();
  expect(rewritten).toMatchObject({ code: 1, ok: false });
  const [late, early] = rewritten.checkpoints!;
  expect([late!.ok, early!.ok]).toEqual([false, true]);
  expect(late!.hash).toMatch(/^0x[0-9a-f]{64}$/);
  expect(late!.hash).not.toBe(late!.checkpoint.hash);
  const env = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrl };
  const args = ["checkpoint", "--witness", witness.url, "--check", "--by", writer.address];
  const { stdout } = await runCli(args, env, dir);
  expect(stdout).toContain(
    `after block ${early!.checkpoint.number}, and at or before block ${late!.checkpoint.number}`,
  );
}, 120_000);
