import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type Server, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployments } from "@chartkey/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/lib/settings.ts";
import type { PlacedSystem } from "../../scripts/lib/sources.ts";

/** `npm start` as a process: where it serves, that data stays, and what it says when it cannot start. */

let dataDir: string;
let ports: { app: number; rpc: number; store: number };

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe: Server = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** A free port of which the next one is free as well. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const next = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      next.once("error", () => resolve(false)).listen(port + 1, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => next.close(resolve));
    return port;
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-start-"));
  ports = { app: await freePort(), rpc: await freePort(), store: await freePort() };
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Settings of a test, beside where things are. */
let more: Record<string, string> = {};
afterEach(() => (more = {}));

function start(...args: string[]): Started {
  const env = {
    ...{ ...process.env, ...more },
    CHARTKEY_APP_PORT: String(ports.app),
    CHARTKEY_RPC_PORT: String(ports.rpc),
    CHARTKEY_STORE_PORT: String(ports.store),
    CHARTKEY_DATA_DIR: dataDir,
  };
  const child = spawn(process.execPath, ["scripts/start.ts", ...args], { cwd: ROOT, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  return { child, output: () => output, ended: new Promise((resolve) => child.on("close", resolve)) };
}

async function ready({ output, ended }: Started): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  while (!output().includes("Press Ctrl-C")) {
    if (over) throw new Error(output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function rpc(method: string): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [] });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`http://127.0.0.1:${ports.rpc}`, { method: "POST", headers, body });
  return ((await response.json()) as { result: unknown }).result;
}

describe("npm start", () => {
  it("serves app, chain and store, keeps the data, and stops at once when asked", { timeout: 120_000 }, async () => {
    const first = start();
    await ready(first);
    const page = await fetch(`http://127.0.0.1:${ports.app}/patient/chart`);
    expect(await page.text()).toContain('http-equiv="Content-Security-Policy"');
    expect(await (await fetch(`http://127.0.0.1:${ports.app}/config.json`)).json()).toEqual({
      chainId: 20265,
      rpcUrl: `http://127.0.0.1:${ports.rpc}`,
      storeUrls: [`http://127.0.0.1:${ports.store}`],
      development: true,
    });
    expect(await rpc("eth_blockNumber")).toBe("0x9");
    expect((await fetch(`http://127.0.0.1:${ports.store}/health`)).status).toBe(200);
    const sources = JSON.parse(await readFile(join(dataDir, "sources/contracts.json"), "utf8")) as PlacedSystem;
    expect(sources.contracts["RecordRegistry"]?.address).toBe(deployments[20265]?.records);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/Port \d+ is in use.*CHARTKEY_APP_PORT.*APP_PORT_IN_USE/s);

    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    more = { CHARTKEY_RPC_RATE: "10" };
    const again = start();
    await ready(again);
    expect(await rpc("eth_blockNumber")).toBe("0x9");
    const batch = Array.from({ length: 60 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId", params: [] }));
    const statuses: number[] = [];
    for (const _ of [1, 2, 3])
      statuses.push(
        (await fetch(`http://127.0.0.1:${ports.rpc}`, { method: "POST", body: JSON.stringify(batch) })).status,
      );
    expect(statuses.at(-1)).toBe(429);
    again.child.kill("SIGTERM");
    expect(await again.ended).toBe(0);
  });

  it("names the port of the chain or the store that is taken, and leaves nothing running", async () => {
    for (const port of ["rpc", "store"] as const) {
      const taken = createServer().listen(ports[port], "127.0.0.1");
      const failed = start();
      expect(await failed.ended).toBe(1);
      expect(failed.output()).toContain(String(ports[port]));
      expect(failed.output()).toMatch(/(POWCHAIN|STORE)_PORT_IN_USE/);
      expect(failed.output()).toContain(`CHARTKEY_${port.toUpperCase()}_PORT`);
      await new Promise((resolve) => taken.close(resolve));
    }
  });

  it("refuses a block file that was altered, and starts anew only when told to", { timeout: 120_000 }, async () => {
    const file = join(dataDir, "chain/blocks.dat");
    const blocks = await readFile(file);
    blocks[blocks.length >> 1]! ^= 1;
    await writeFile(file, blocks);
    const refused = start();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain("POWCHAIN_FILE_ALTERED");
    const fresh = start("--fresh");
    await ready(fresh);
    expect(await rpc("eth_blockNumber")).toBe("0x9");
    fresh.child.kill("SIGINT");
    expect(await fresh.ended).toBe(0);
  });

  it("runs as many stores as it is told to, on the ports that follow", { timeout: 120_000 }, async () => {
    ports.store = await freePortPair();
    const started = start("--stores", "2");
    await ready(started);
    const urls = [ports.store, ports.store + 1].map((port) => `http://127.0.0.1:${port}`);
    const config = (await (await fetch(`http://127.0.0.1:${ports.app}/config.json`)).json()) as Record<string, unknown>;
    expect(config["storeUrls"]).toEqual(urls);
    for (const url of urls) expect((await fetch(`${url}/health`)).status).toBe(200);
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(0);
    const refused = start("--stores", "9");
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain('--stores is "9"');
  });

  it("begins a chain whose work makes the pace, and keeps it to its block time", { timeout: 180_000 }, async () => {
    const paced = ["--block-time", "2", "--adjust-difficulty"];
    const started = start("--fresh", ...paced);
    await ready(started);
    await expect.poll(async () => Number(await rpc("eth_blockNumber")), { timeout: 60_000 }).toBeGreaterThan(30);
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(0);
    const refused = start("--block-time", "3", "--adjust-difficulty");
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/adjusted to a block each 2 s.*--fresh.*POWCHAIN_GENESIS_MISMATCH/s);
    const again = start();
    await ready(again);
    expect(Number(await rpc("eth_blockNumber"))).toBeGreaterThan(30);
    again.child.kill("SIGINT");
    expect(await again.ended).toBe(0);
    for (const args of [
      ["--adjust-difficulty"],
      ["--block-time", "2.5", "--adjust-difficulty"],
      ["--block-time", "0"],
    ]) {
      const failed = start("--fresh", ...args);
      expect(await failed.ended).toBe(1);
      expect(failed.output()).toContain("--block-time");
    }
    const kept = start();
    await ready(kept);
    expect(Number(await rpc("eth_blockNumber"))).toBeGreaterThan(30);
    kept.child.kill("SIGINT");
    expect(await kept.ended).toBe(0);
  });

  it("says what is wrong with a setting", async () => {
    const before = ports.app;
    ports.app = 70_000;
    const failed = start();
    expect(await failed.ended).toBe(1);
    expect(failed.output()).toMatch(/CHARTKEY_APP_PORT is "70000"/);
    ports.app = before;
    more = { CHARTKEY_RPC_RATE: "0" };
    const unlimited = start();
    expect(await unlimited.ended).toBe(1);
    expect(unlimited.output()).toContain('CHARTKEY_RPC_RATE is "0"');
  });
});
