import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Hex } from "viem";
import { describe, expect, it, onTestFinished } from "vitest";
import { revalidatePowchain, startPowchain, type Powchain } from "../src/index.ts";
import { records } from "./files.ts";
import { alice, bob, EASY, ETHER, result, temporaryDirectory } from "./helpers.ts";
import { mineNumber, pictureOf } from "./numbers.ts";

const accounts = { [alice.address]: 1000n * ETHER };

async function open(dataDir: string): Promise<{ chain: Powchain; said: string[] }> {
  const said: string[] = [];
  const log = (line: string) => said.push(line);
  const chain = await startPowchain({ dataDir, port: 0, difficulty: EASY, accounts, log });
  onTestFinished(() => chain.close());
  return { chain, said };
}

/** Starts a node in a process of its own; `limit`: no file of it may be larger, in blocks of 1024 bytes. */
async function startProcess(dataDir: string, limit = "unlimited") {
  const script = fileURLToPath(new URL("mine-until-killed.ts", import.meta.url));
  const command = ["-c", `ulimit -f ${limit}; exec "$0" "$@"`, process.execPath, script, dataDir];
  const child = spawn("bash", command, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said: string[] = [];
  createInterface(child.stderr).on("line", (line) => said.push(line));
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  const ended = once(child, "exit");
  return { child, url, said, ended };
}

/** Sends transfers one after the other until the node is gone; returns the hashes whose receipts it answered. */
async function sendUntilGone(url: string, firstNonce: number, onReceipt: (count: number) => void): Promise<Hex[]> {
  const answered: Hex[] = [];
  for (let nonce = firstNonce; ; nonce++) {
    const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n, gas: 21_000n };
    const transfer = { type: "eip1559", chainId: 20265, nonce, to: bob.address, value: 1n, ...fees } as const;
    const raw = await alice.signTransaction(transfer);
    try {
      const hash = await result<Hex>(url, "eth_sendRawTransaction", [raw]);
      while (!(await result(url, "eth_getTransactionReceipt", [hash])));
      answered.push(hash);
    } catch {
      return answered;
    }
    onReceipt(answered.length);
  }
}

describe("a node that is killed", () => {
  it(
    "at any step of writing a block starts with the block before it or with it, and with its state",
    { timeout: 120_000 },
    async () => {
      const directory = temporaryDirectory();
      const { chain } = await open(directory);
      await mineNumber(chain);
      await mineNumber(chain);
      const before = await pictureOf(chain);
      await mineNumber(chain);
      const after = await pictureOf(chain);
      await chain.close();
      const blocks = readFileSync(join(directory, "blocks.dat"));
      const states = readFileSync(join(directory, "state.dat"));
      const [block, state] = [records(blocks).at(-1)!.start, records(states).at(-1)!.start];

      const expectStart = async (blockEnd: number, stateEnd: number, picture: unknown, executed: number) => {
        const dataDir = temporaryDirectory();
        writeFileSync(join(dataDir, "blocks.dat"), blocks.subarray(0, blockEnd));
        writeFileSync(join(dataDir, "state.dat"), states.subarray(0, stateEnd));
        for (const count of [executed, 0]) {
          const { chain, said } = await open(dataDir);
          expect(await pictureOf(chain)).toEqual(picture);
          expect(said.at(-1)).toContain(`${count} of them executed`);
          await chain.close();
        }
      };
      const steps = (from: number, to: number) => [from, from + 1, from + 11, from + 12, from + 100, to - 1];
      for (const end of steps(block, blocks.length)) await expectStart(end, state, before, 0);
      for (const end of steps(state, states.length)) await expectStart(blocks.length, end, after, 1);
      await expectStart(blocks.length, states.length, after, 0);
      // As after a power failure: the state on disk in part, or before the block.
      await expectStart(blocks.length, records(states)[0]!.start, after, 3);
      await expectStart(block, states.length, before, 0);
    },
  );

  it(
    "has every block whose receipt it answered, and the state that executing them gives",
    { timeout: 120_000 },
    async () => {
      const dataDir = temporaryDirectory();
      const answered: Hex[] = [];
      for (const receipts of [1, 3, 7]) {
        const { child, url, ended } = await startProcess(dataDir);
        const nonce = Number(await result<Hex>(url, "eth_getTransactionCount", [alice.address, "latest"]));
        const found = await sendUntilGone(url, nonce, (count) => count === receipts && child.kill("SIGKILL"));
        answered.push(...found);
        await ended;
      }
      expect(answered.length).toBeGreaterThanOrEqual(11);
      const { chain } = await open(dataDir);
      for (const hash of answered) {
        expect(await result(chain.url, "eth_getTransactionReceipt", [hash])).toMatchObject({ status: "0x1" });
      }
      await chain.close();
      const said: string[] = [];
      await revalidatePowchain({ dataDir, difficulty: EASY, accounts, log: (line) => said.push(line) });
      expect(said).toEqual([expect.stringContaining("blocks verified")]);
    },
  );
});

describe("a full disk", () => {
  it("costs the state, not the blocks: they are executed at the next start", { timeout: 60_000 }, async () => {
    const dataDir = temporaryDirectory();
    const { child, url, said, ended } = await startProcess(dataDir, "4");
    while (said.length === 0) await mineNumber({ url, chainId: 20265 });
    expect(said[0]).toMatch(
      /^block \d+ could not be written to .*state.dat: it and the blocks after it are executed again/,
    );
    await result(url, "evm_mine");
    const height = await result<Hex>(url, "eth_blockNumber");
    child.kill("SIGKILL");
    await ended;
    const { chain, said: later } = await open(dataDir);
    expect(chain.blockNumber()).toBe(BigInt(height));
    expect(later[0]).toContain("it was not written");
    expect(later.at(-1)).toMatch(/[1-9]\d* of them executed/);
  });
});
