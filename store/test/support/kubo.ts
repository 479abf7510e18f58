import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished } from "vitest";

const run = promisify(execFile);

interface Kubo {
  readonly url: string;
  readonly daemon: ChildProcess;
  readonly ended: Promise<unknown>;
}

const running = new Map<string, Kubo>();

/** A Kubo that speaks with nobody else. */
const CONFIG = {
  "Addresses.API": "/ip4/127.0.0.1/tcp/0",
  "Addresses.Gateway": [],
  "Addresses.Swarm": [],
  Bootstrap: [],
  "Routing.Type": "none",
  "AutoTLS.Enabled": false,
};

const repoOf = (dataDir: string) => path.join(dataDir, "kubo");

/**
 * URL of the API of a Kubo, from the `ipfs` on the PATH, which keeps its files in a store's directory. It ends with the test, or by
 * `endKubo`, and is started again for the same directory.
 */
export async function kuboOf(dataDir: string): Promise<string> {
  const known = running.get(dataDir);
  if (known !== undefined) return known.url;
  const api = path.join(repoOf(dataDir), "api");
  const env = { ...process.env, IPFS_PATH: repoOf(dataDir), IPFS_TELEMETRY: "off" };
  const isNew = await readFile(path.join(repoOf(dataDir), "config")).then(
    () => false,
    () => true,
  );
  if (isNew) {
    await run("ipfs", ["init", "--empty-repo"], { env });
    for (const [name, value] of Object.entries(CONFIG))
      await run("ipfs", ["config", "--json", name, JSON.stringify(value)], { env });
  }
  await rm(api, { force: true });
  const daemon = spawn("ipfs", ["daemon", "--offline"], { env, stdio: "ignore" });
  const ended = new Promise((resolve) => daemon.on("close", resolve));
  onTestFinished(() => endKubo(dataDir));
  await expect.poll(() => readFile(api, "utf8").catch(() => "")).toMatch(/tcp/);
  const port = /tcp\/(\d+)/.exec(await readFile(api, "utf8"))![1]!;
  const url = `http://127.0.0.1:${port}`;
  running.set(dataDir, { url, daemon, ended });
  return url;
}

/** Ends the Kubo of a directory as a crash would. */
export async function endKubo(dataDir: string): Promise<void> {
  const kubo = running.get(dataDir);
  running.delete(dataDir);
  kubo?.daemon.kill("SIGKILL");
  await kubo?.ended;
}
