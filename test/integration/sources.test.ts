import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Powchain, startPowchain } from "@chartkey/powchain";
import { rpcClient } from "@chartkey/sdk";
import { isSource, verifyMetadata } from "@chartkey/sdk/verify";
import { type Hex, bytesToHex, concatHex, createWalletClient, getContractAddress, http, numberToHex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developmentAccount, genesisBalances } from "../../scripts/lib/accounts.ts";
import { requireBlocks } from "../../scripts/lib/on-demand.ts";
import { ROOT } from "../../scripts/lib/settings.ts";
import { type CompiledContract, type StandardInput, compileInput } from "../../scripts/lib/solidity.ts";
import type { PlacedSystem } from "../../scripts/lib/sources.ts";

/** What `npm run deploy` writes, held against the code on a chain that is not the local one. */

/** Of no public network, and another one in each run: Ignition's journal is by chain. */
const chainId = randomInt(2 ** 40, 2 ** 41);
const deployer = developmentAccount(1);
const CONTRACTS = [
  "KeyDirectory",
  "HospitalRegistry",
  "Hospital",
  "ConsentRegistry",
  "RecordRegistry",
  "Appointments",
  "Prescriptions",
  "AccessLog",
];

let folder: string;
let chain: Powchain;
let placed: PlacedSystem;

const client = () => rpcClient(chain.url);
const read = (...path: string[]) => readFile(join(folder, String(chainId), ...path), "utf8");
const readInput = async (name: string) => JSON.parse(await read(name, "standard-input.json")) as StandardInput;

async function deploy(...args: string[]) {
  const env = {
    ...process.env,
    CHARTKEY_RPC_URL: chain.url,
    CHARTKEY_PRIVATE_KEY: bytesToHex(deployer.getHdKey().privateKey!),
  };
  const all = ["scripts/deploy.ts", "--out", folder, "--confirmations", "1", ...args];
  return promisify(execFile)(process.execPath, all, { cwd: ROOT, env });
}

type Code = CompiledContract["evm"];
const codes = new Map<string, Promise<Code>>();

function compile(input: StandardInput, name: string): Code {
  const { identifier } = placed.contracts[name]!;
  return compileInput(input).contracts![identifier.slice(0, identifier.lastIndexOf(":"))]![name]!.evm;
}

/** What the standard JSON input gives; compiled once. */
function codeOf(name: string): Promise<Code> {
  const known = codes.get(name) ?? readInput(name).then((input) => compile(input, name));
  codes.set(name, known);
  return known;
}

/** Code without what the constructor filled in. */
function withoutImmutables(code: string, { immutableReferences }: Code["deployedBytecode"]): string {
  const places = Object.values(immutableReferences).flat();
  return places.reduce(
    (text, { start, length }) => text.slice(0, 2 * start) + "00".repeat(length) + text.slice(2 * (start + length)),
    code,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chartkey-sources-"));
  const accounts = genesisBalances();
  chain = await startPowchain({ dataDir: join(folder, "chain"), port: 0, chainId, accounts, difficulty: 64n });
  await deploy("--registrar", developmentAccount(2).address);
  placed = JSON.parse(await read("contracts.json")) as PlacedSystem;
});

afterAll(async () => {
  await chain?.close();
  await rm(folder, { recursive: true, force: true });
  await rm(join(ROOT, "ignition/deployments", `chain-${chainId}`), { recursive: true, force: true });
});

describe("what is written at a deployment", () => {
  it("names every contract, where it is, and how it was compiled", async () => {
    expect(Object.keys(placed.contracts).toSorted()).toEqual(CONTRACTS.toSorted());
    expect(placed).toMatchObject({ chainId, compiler: expect.stringMatching(/^v0\.8\.\d+\+commit\.[0-9a-f]{8}$/) });
    const deployment = JSON.parse(await readFile(join(folder, `${chainId}.json`), "utf8")) as object;
    expect(deployment).toMatchObject({
      keyDirectory: getContractAddress({ from: deployer.address, nonce: 0n }),
      records: placed.contracts["RecordRegistry"]!.address,
      fromBlock: 1,
    });
  });

  it("is the same when a deployment is run again, which sends nothing", async () => {
    const block = chain.blockNumber();
    const before = await readFile(join(folder, `${chainId}.json`), "utf8");
    await deploy("--registrar", developmentAccount(2).address);
    expect(chain.blockNumber()).toBe(block);
    expect(await readFile(join(folder, `${chainId}.json`), "utf8")).toBe(before);
  });

  it.each(CONTRACTS)("gives the code of %s, compiled from the standard JSON input", async (name) => {
    const { address } = placed.contracts[name]!;
    const { deployedBytecode: deployed } = await codeOf(name);
    const code = (await client().getCode({ address: address as Hex }))!.slice(2);
    expect(withoutImmutables(code, deployed)).toBe(withoutImmutables(deployed.object, deployed));
  });

  it.each(CONTRACTS)(
    "describes %s by the metadata whose hash its code ends with, and has its sources",
    async (name) => {
      const metadata = await read(name, "metadata.json");
      const code = await client().getCode({ address: placed.contracts[name]!.address as Hex });
      const named = await verifyMetadata(code!, metadata);
      const { sources: compiledFrom } = await readInput(name);
      expect(named!.map(({ path }) => path).toSorted()).toEqual(Object.keys(compiledFrom).toSorted());
      for (const source of named!) {
        const content = await read("sources", `${source.hash}.sol`);
        expect(isSource(content, source), source.path).toBe(true);
        expect(isSource(`${content} `, source), source.path).toBe(false);
        expect(compiledFrom[source.path]!.content, source.path).toBe(content);
      }
      expect(await verifyMetadata(code!, `${metadata} `)).toBeNull();
      expect(await verifyMetadata("0x", metadata)).toBeNull();
    },
  );

  it("gives what the deployer sent: the code of creation, and its arguments", async () => {
    const made = new Map<string, Hex>();
    for (let number = 1n; number <= chain.blockNumber(); number++) {
      const { transactions } = await client().getBlock({ blockNumber: number, includeTransactions: true });
      for (const { to, from, nonce, input } of transactions)
        if (to === null) made.set(getContractAddress({ from, nonce: BigInt(nonce) }), input);
    }
    expect(made.size).toBe(CONTRACTS.length - 1);
    for (const name of CONTRACTS.filter((each) => each !== "Hospital")) {
      const { address, constructorArguments } = placed.contracts[name]!;
      const { bytecode } = await codeOf(name);
      const sent = concatHex([`0x${bytecode.object}`, constructorArguments as Hex]);
      expect(made.get(address) === sent, name).toBe(true);
    }
  });

  it("has the arguments that the registry made the implementation of hospitals with", async () => {
    const { address, constructorArguments } = placed.contracts["Hospital"]!;
    const { deployedBytecode: deployed } = await codeOf("Hospital");
    const code = (await client().getCode({ address: address as Hex }))!.slice(2);
    const filled = Object.values(deployed.immutableReferences).map(([first]) =>
      code.slice(2 * first!.start, 2 * (first!.start + first!.length)),
    );
    expect(constructorArguments).toHaveLength(2 + 2 * 64);
    for (const word of [constructorArguments.slice(2, 66), constructorArguments.slice(66)])
      expect(filled).toContain(word);
  });

  it("does not give the code when a single letter of a comment differs", async () => {
    const input = await readInput("AccessLog");
    const sources = Object.fromEntries(
      Object.entries(input.sources).map(([path, { content }]) => [path, { content: content.replace("///", "/// ") }]),
    );
    const { object } = compile({ ...input, sources }, "AccessLog").deployedBytecode;
    const address = placed.contracts["AccessLog"]!.address as Hex;
    expect(await client().getCode({ address })).toBe(`0x${(await codeOf("AccessLog")).deployedBytecode.object}`);
    expect(await client().getCode({ address })).not.toBe(`0x${object}`);
  });
});

describe("a deployment", () => {
  it("does not wait for confirmations on a chain that mines only what is sent", async () => {
    await expect(requireBlocks(client(), 5, 400)).rejects.toThrow(/--confirmations 1/);
    await requireBlocks(client(), 1, 400);
    const waiting = requireBlocks(client(), 5);
    const wallet = createWalletClient({ account: deployer, transport: http(chain.url) });
    const before = chain.blockNumber();
    await expect
      .poll(async () => {
        await wallet.sendTransaction({ chain: null, to: deployer.address, value: 1n });
        return chain.blockNumber() > before;
      })
      .toBe(true);
    await waiting;
  });

  it("is refused on the local chain, and without a key", async () => {
    const local = await startPowchain({ dataDir: join(folder, "local"), port: 0, chainId: 20265, accounts: {} });
    const run = (env: Record<string, string>) =>
      promisify(execFile)(process.execPath, ["scripts/deploy.ts"], { cwd: ROOT, env: { ...process.env, ...env } });
    try {
      const key = numberToHex(1, { size: 32 });
      const refused = run({ CHARTKEY_RPC_URL: local.url, CHARTKEY_PRIVATE_KEY: key });
      await expect(refused).rejects.toThrow(/Nothing was deployed/);
      const keyless = run({ CHARTKEY_RPC_URL: chain.url, CHARTKEY_PRIVATE_KEY: "" });
      await expect(keyless).rejects.toThrow(/CHARTKEY_PRIVATE_KEY is not set. Nothing was deployed/);
    } finally {
      await local.close();
    }
  });
});
