import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PowchainError, revalidatePowchain, startPowchain, type PowchainOptions } from "../src/index.ts";
import { FILE_HEADER, forge, RECORD_HEADER, records } from "./files.ts";
import { alice, EASY, ETHER, result } from "./helpers.ts";
import { mineNumber } from "./numbers.ts";

/** A chain that announces its rule in the extra data, so that these are looked at before there is a block to compare with. */
const settings = { port: 0, difficulty: EASY, blockTime: 5, accounts: { [alice.address]: 1000n * ETHER } };

let dataDir: string;
let path: string;
let original: Buffer;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "powchain-"));
  path = join(dataDir, "blocks.dat");
  const chain = await startPowchain({ ...settings, dataDir });
  await mineNumber(chain);
  await mineNumber(chain);
  await result(chain.url, "evm_mine");
  await chain.close();
  original = readFileSync(path);
});
afterAll(() => rmSync(dataDir, { recursive: true }));

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1 << (at % 8);
  return changed;
};

/** What revalidation says of a directory with this file. `changes`: settings of another start. */
async function said(file: Uint8Array, change: Partial<PowchainOptions> = {}): Promise<string> {
  writeFileSync(path, file);
  try {
    return `${await revalidatePowchain({ ...settings, ...change, dataDir })} blocks hold`;
  } catch (error) {
    if (!(error instanceof PowchainError)) throw error;
    return `${error.code} ${error.message.replace(dataDir, "")}`;
  }
}

describe("one changed bit of the stored blocks", () => {
  it("in the file as it is: names the block, or that it is before the first", { timeout: 60_000 }, async () => {
    const starts = records(original).map(({ start }) => start);
    const positions = Array.from({ length: FILE_HEADER + RECORD_HEADER }, (_, at) => at);
    for (const start of starts.slice(1)) for (let at = 0; at < RECORD_HEADER; at++) positions.push(start + at);
    for (let at = FILE_HEADER + RECORD_HEADER; at < original.length; at += 23) positions.push(at);
    for (const at of positions) {
      const number = starts.filter((start) => start <= at).length;
      const place = number === 0 ? "its header \\(before block 1\\)" : `block ${number}\\b`;
      expect(await said(flipped(original, at)), `byte ${at}`).toMatch(new RegExp(`^POWCHAIN_FILE_ALTERED .*${place}`));
    }
    expect(await said(original)).toBe("3 blocks hold");
  });

  it.each([
    ["every byte of the first", 1, 1],
    ["a sample of one after it", 2, 7],
    ["a sample of an empty one", 3, 19],
  ] as const)("with right checksums, %s: names the block", { timeout: 60_000 }, async (_, number, step) => {
    const { content } = records(original)[number - 1]!;
    const expected = new RegExp(`^POWCHAIN_FILE_ALTERED /blocks.dat has been altered: block ${number}: .`);
    // At every start, with the block time wanted or not.
    for (let at = 0; at < content.length; at += step) {
      const changed = forge(original, number, flipped(content, at));
      const { blockTime } = settings;
      expect(await said(changed, at % 2 ? { blockTime } : {}), `byte ${at}`).toMatch(expected);
    }
  });
});
