import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createPublicClient, createWalletClient, defineChain, http, type Abi, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startPowchain, type Powchain, type PowchainOptions } from "../src/index.ts";

/** Low enough that a test does not wait for work. */
export const EASY = 2n ** 6n;
export const ETHER = 10n ** 18n;

export const KEYS = {
  alice: `0x${"a1".repeat(32)}`,
  bob: `0x${"b0".repeat(32)}`,
} as const satisfies Record<string, Hex>;
export const alice = privateKeyToAccount(KEYS.alice);
export const bob = privateKeyToAccount(KEYS.bob);

/** Starts a chain on a free port which ends with the test. */
export async function start(options: Partial<PowchainOptions> = {}): Promise<Powchain> {
  const accounts = { [alice.address]: 1000n * ETHER };
  const chain = await startPowchain({ port: 0, difficulty: EASY, accounts, ...options });
  onTestFinished(() => chain.close());
  return chain;
}

/** A directory that is removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "powchain-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** viem clients for a running chain; the wallet is Alice's. */
export function clients({ url, chainId }: Pick<Powchain, "url" | "chainId">) {
  const chain = defineChain({
    id: chainId,
    name: "powchain",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const options = { chain, transport: http(url, { retryCount: 0 }), pollingInterval: 20, cacheTime: 0 } as const;
  return { reader: createPublicClient(options), wallet: createWalletClient({ ...options, account: alice }) };
}

/** How many times slower than alone a thread runs now, because of what else the machine does; 1 when it is quiet. */
export function slowdown(): number {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const spent = () => {
    const { user, system } = process.cpuUsage(used);
    return (user + system) / 1000;
  };
  while (spent() < 100) createHash("sha256").update("busy").digest();
  return Math.max(1, (performance.now() - began) / spent());
}

export interface RpcAnswer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: string };
}

/** One raw JSON-RPC request over HTTP. */
export async function rpc(url: string, method: string, params: readonly unknown[] = []): Promise<RpcAnswer> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(url, { method: "POST", body });
  return (await response.json()) as RpcAnswer;
}

/** The result of a raw request that must succeed. */
export async function result<T>(url: string, method: string, params: readonly unknown[] = []): Promise<T> {
  const answer = await rpc(url, method, params);
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result as T;
}

const SOURCE = `
  // SPDX-License-Identifier: MIT
  pragma solidity ^0.8.20;
  contract Counter {
    event Counted(address indexed by, uint256 indexed value);
    error TooHigh(uint256 value);
    uint256 public value;
    uint256 public stamp;
    function count(uint256 by) external {
      if (by > 100) revert TooHigh(by);
      value += by;
      stamp = block.timestamp;
      emit Counted(msg.sender, value);
    }
    function fail() external pure { revert("no luck"); }
    function environment() external view returns (uint256, uint256, uint256, bytes32) {
      return (block.number, block.timestamp, block.prevrandao, blockhash(block.number - 1));
    }
    /// Keeps a 64th of the gas from an inner call that needs nearly all of it (EIP-150).
    function nested() external { this.burn(); value = 1; }
    function burn() external { for (uint256 i = 0; i < 60; i++) value = i + 2; }
    /// Uses PUSH0, MCOPY and TSTORE.
    function modern(bytes calldata data) external returns (bytes memory copy) {
      copy = bytes.concat(data, data);
      assembly { tstore(0, 7) value := tload(0) }
    }
  }`.replace("value := tload(0)", "sstore(value.slot, tload(0))");

interface Solc {
  compile(input: string): string;
}
interface Output {
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
}

/** Compiles the test contract with the project's compiler. */
export function compileCounter(): { abi: Abi; bytecode: Hex } {
  const solc: Solc = createRequire(import.meta.url)("solc");
  const settings = { evmVersion: "cancun", outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } };
  const input = { language: "Solidity", sources: { "Counter.sol": { content: SOURCE } }, settings };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const compiled = output.contracts["Counter.sol"]?.["Counter"];
  if (!compiled) throw new Error("the test contract does not compile");
  return { abi: compiled.abi, bytecode: `0x${compiled.evm.bytecode.object}` };
}
