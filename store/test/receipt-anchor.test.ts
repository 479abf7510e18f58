import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_LEAVES, ReceiptAnchoring } from "../src/gate/receipt-anchor.ts";
import { ReceiptLog } from "../src/gate/receipts.ts";
import { LineLog } from "../src/linelog.ts";

let dataDir: string;
let receipts: ReceiptLog;
const published = vi.fn<(leaves: Uint8Array) => Promise<void>>();
const anchor = { account: "0x1", publish: published };

const lineOf = (name: string) => JSON.stringify({ receipt: { request: name } });
const leafOf = (name: string) =>
  createHash("sha256")
    .update(`\0${lineOf(name)}`)
    .digest();
const fileOf = (day: string, kind = "log") => join(dataDir, "receipts", `${day}.${kind}`);

async function write(day: string, ...names: string[]): Promise<void> {
  const log = await LineLog.extend(fileOf(day));
  await log.append(JSON.stringify({ certificate: { signature: day } }));
  for (const name of names) await log.append(lineOf(name));
  await log.close();
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-receipts-"));
  receipts = await ReceiptLog.open(dataDir);
  published.mockReset().mockResolvedValue();
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const run = () => new ReceiptAnchoring(receipts, anchor).run();
const calls = () => published.mock.calls.map(([leaves]) => Buffer.from(leaves).toString("hex"));
const listOf = (...names: string[]) => Buffer.concat(names.map(leafOf)).toString("hex");

describe("receipts of days that are over", () => {
  it("are published by day, oldest first, each once, and certificates are no receipts", async () => {
    await write("2026-01-02", "c");
    await write("2026-01-01", "a", "b");
    const anchoring = new ReceiptAnchoring(receipts, anchor);
    await anchoring.run();
    await anchoring.run();
    expect(calls()).toEqual([listOf("a", "b"), listOf("c")]);
  });

  it("wait for the end of their day, and a little longer", async () => {
    await write("2026-01-01", "a");
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      for (const now of ["2026-01-01T23:59:59Z", "2026-01-02T00:04:00Z"]) {
        vi.setSystemTime(now);
        await run();
        expect(calls()).toEqual([]);
      }
      vi.setSystemTime("2026-01-02T00:06:00Z");
      await run();
      expect(calls()).toEqual([listOf("a")]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("are tried again, and hold up no later day", async () => {
    await write("2026-01-01", "a");
    await write("2026-01-02", "b");
    const anchoring = new ReceiptAnchoring(receipts, anchor);
    published.mockRejectedValueOnce(new Error("no chain"));
    await expect(anchoring.run()).rejects.toThrow("no chain");
    await anchoring.run();
    expect(calls()).toEqual([listOf("a"), listOf("b"), listOf("a")]);
  });

  it("have the same leaves for ever, also when a line is damaged later", async () => {
    await write("2026-01-01", "a", "b");
    await run();
    const log = await readFile(fileOf("2026-01-01"), "utf8");
    await writeFile(fileOf("2026-01-01"), log.replace('"a"', '"z"'));
    await run();
    expect(calls()).toEqual([listOf("a", "b"), listOf("a", "b")]);
  });

  it("go in parts when they are many", async () => {
    await write("2026-01-01", "a");
    const leaves = Buffer.alloc((MAX_LEAVES + 1) * 32, 7);
    await writeFile(fileOf("2026-01-01", "leaves"), leaves);
    await run();
    expect(published.mock.calls.map(([part]) => part.length / 32)).toEqual([MAX_LEAVES, 1]);
  });
});
