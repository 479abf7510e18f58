import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Powchain, startPowchain } from "@chartkey/powchain";
import { type Chain, deploymentOn, rpcClient } from "@chartkey/sdk";
import { linkToNewest } from "@chartkey/sdk/verify";
import { createPublicClient, createWalletClient, custom, hexToBigInt, numberToHex, http, type Hex } from "viem";
import { afterAll, beforeAll, expect, it } from "vitest";
import { developmentAccount, genesisBalances } from "../../scripts/lib/accounts.ts";

/** Two chains with the same blocks up to `COMMON`, and others after it. */
const COMMON = 3n;
/** More than are read at a time. */
const LENGTH = 270n;
const chainId = 20_265;

let dir: string;
const nodes: Powchain[] = [];

type Request = { method: string; params?: unknown[] };
const ask = <T>({ url }: Powchain, request: Request) => rpcClient(url).request(request as never) as Promise<T>;

async function start(name: string): Promise<Powchain> {
  const node = await startPowchain({
    ...{ dataDir: join(dir, name), port: 0, chainId, difficulty: 4n, accounts: genesisBalances() },
  });
  nodes.push(node);
  return node;
}

async function mineTo(node: Powchain, height: bigint, value: bigint): Promise<void> {
  const wallet = createWalletClient({ account: developmentAccount(8), transport: http(node.url) });
  const hash = await wallet.sendTransaction({ chain: null, to: developmentAccount(1).address, value });
  await rpcClient(node.url, 20).waitForTransactionReceipt({ hash });
  while (node.blockNumber() < height) await ask(node, { method: "evm_mine" });
}

const chainOf = (request: (request: Request) => Promise<unknown>): Chain => ({
  id: chainId,
  client: createPublicClient({ transport: custom({ request }, { retryCount: 0 }) }),
  deployment: deploymentOn(chainId),
});
const claim = async (node: Powchain, number: bigint) => {
  const { hash } = await rpcClient(node.url).getBlock({ blockNumber: number });
  return { chainId, number, hash };
};
/** A node that shows the blocks up to `last` of one chain, and those after them of the other. */
const mixed = (last: bigint) =>
  chainOf((request) => {
    const [number] = request.params ?? [];
    const old = request.method === "eth_getBlockByNumber" && hexToBigInt(number as Hex) <= last;
    return ask(old ? nodes[0]! : nodes[1]!, request);
  });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "chartkey-link-"));
  const seed = await start("old");
  await mineTo(seed, COMMON, 1n);
  await seed.close();
  nodes.pop();
  await cp(join(dir, "old"), join(dir, "new"), { recursive: true });
  for (const [name, value] of [
    ["old", 2n],
    ["new", 3n],
  ] as const)
    await mineTo(await start(name), LENGTH, value);
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await rm(dir, { recursive: true, force: true });
});

it(
  "O14 follows a chain from the lowest witnessed block to the newest, past the others",
  { timeout: 60_000 },
  async () => {
    const [old] = nodes as [Powchain];
    const claims = await Promise.all([200n, 2n, 260n].map((number) => claim(old, number)));
    const { hash } = await claim(old, LENGTH);
    const honest = chainOf((request) => ask(old, request));
    expect(await linkToNewest(honest, claims)).toEqual({ from: 2n, to: LENGTH, hash, broken: false });
  },
);

it(
  "O14 a node that shows witnessed blocks beside a newer chain is found where they part",
  { timeout: 60_000 },
  async () => {
    const [old] = nodes as [Powchain];
    const witnessed = await claim(old, 100n);
    for (const last of [100n, 180n, 260n])
      expect(await linkToNewest(mixed(last), [witnessed])).toMatchObject({ from: 100n, to: last, broken: true });
    expect(await linkToNewest(mixed(0n), [witnessed])).toMatchObject({ from: 100n, to: 100n, broken: true });
    // The other chain is linked in itself; that it lacks a witnessed block shows there.
    const both = [await claim(old, COMMON), await claim(old, 150n)];
    expect(await linkToNewest(mixed(0n), both)).toMatchObject({ from: COMMON, to: 149n, broken: true });
  },
);

it("O14 believes no node that calls a block below a witnessed one its newest", { timeout: 60_000 }, async () => {
  const [old] = nodes as [Powchain];
  const claims = await Promise.all([100n, 200n].map((number) => claim(old, number)));
  for (const newest of [5n, 100n, 199n]) {
    const short = chainOf(async (request) =>
      request.method === "eth_blockNumber" ? numberToHex(newest) : ask(old, request),
    );
    const to = newest < 100n ? 100n : newest;
    expect(await linkToNewest(short, claims)).toMatchObject({ from: 100n, to, broken: true });
  }
  const whole = chainOf(async (request) => (request.method === "eth_blockNumber" ? "0x5" : ask(old, request)));
  expect(await linkToNewest(whole, claims.slice(0, 1))).toMatchObject({ from: 100n, broken: true });
});
