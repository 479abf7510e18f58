import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LyingNode, startLyingNode } from "../../test/support/lying-node.ts";
import { type TestStack, keyOf, openStack, runCli } from "./support.ts";

let stack: TestStack;
let node: LyingNode;

beforeAll(async () => {
  stack = await openStack();
  node = await startLyingNode(stack.rpcUrl);
});
afterAll(async () => {
  await node?.close();
  await stack?.close();
});

function whoami(change: Record<string, string>) {
  const env = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrl, CHARTKEY_PRIVATE_KEY: keyOf(3) };
  return runCli(["whoami"], { ...env, ...change }, stack.dir);
}

it("O14 a second node that says something else stops the command", async () => {
  expect(await whoami({ CHARTKEY_WITNESS_RPC_URL: node.url })).toMatchObject({ code: 0 });
  node.lies.set("eth_getBlockByNumber", { told: (block) => ({ ...(block as object), hash: `0x${"ab".repeat(32)}` }) });
  const { code, stderr } = await whoami({ CHARTKEY_WITNESS_RPC_URL: node.url });
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("[CHAIN_DISAGREES]") as string });
});

it("O14 what was seen is kept beside the drafts, and an older state is refused, with what to do", async () => {
  const outbox = { CHARTKEY_OUTBOX: "outbox" };
  expect(await whoami(outbox)).toMatchObject({ code: 0 });
  const file = join(stack.dir, "outbox", "seen-20265.json");
  const [newest, settled] = JSON.parse(await readFile(file, "utf8")) as [[string, string], unknown];
  await writeFile(file, JSON.stringify([[String(Number(newest[0]) + 100), newest[1]], settled]));
  const { code, stderr } = await whoami(outbox);
  expect(code).toBe(1);
  expect(stderr).toContain("[CHAIN_STALE]");
  expect(stderr).toContain("seen-*.json");
});
