import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bytesToHex } from "viem";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { type Stack, startStack } from "../../scripts/lib/stack.ts";

/** The program. */
export const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** What a run of the program left behind. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A stack with its data in a directory of its own, which also takes the files of a test. */
export interface TestStack extends Stack {
  dir: string;
}

export async function openStack(): Promise<TestStack> {
  const dir = await mkdtemp(join(tmpdir(), "chartkey-cli-"));
  const stack = await startStack({ dataDir: join(dir, "data"), rpcPort: 0, storePort: 0, difficulty: 64n });
  return {
    ...stack,
    dir,
    close: async () => {
      await stack.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Private key of a development account, as a user would set it. */
export function keyOf(account: number): string {
  return bytesToHex(developmentAccount(account).getHdKey().privateKey!);
}

/**
 * Runs the program in a process of its own, with nothing in its environment but what is given.
 * @param input lines of its standard input, which stays open after them; without any it is closed
 */
export function spawnCli(args: string[], env: Record<string, string>, cwd?: string, input?: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const path = process.env["PATH"] ?? "";
    const child = spawn(process.execPath, [MAIN, ...args], { env: { PATH: path, ...env }, ...(cwd ? { cwd } : {}) });
    if (input === undefined) child.stdin.end();
    else child.stdin.on("error", () => {}).write(input.map((line) => `${line}\n`).join(""));
    const run: Run = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (run.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (run.stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...run, code }));
  });
}

/** Runs commands as one account of a stack. */
export function cliOf({ rpcUrl, storeUrl, dir }: TestStack, account?: number) {
  const key = account === undefined ? {} : { CHARTKEY_PRIVATE_KEY: keyOf(account) };
  const env = { CHARTKEY_RPC_URL: rpcUrl, CHARTKEY_STORE_URL: storeUrl, INIT_CWD: dir, ...key };
  const raw = (...args: string[]) => spawnCli(args, env);
  return {
    address: account === undefined ? "" : developmentAccount(account).address,
    raw,
    /** Parsed JSON of a command that must succeed. */
    async json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
      const { code, stdout, stderr } = await raw(...args, "--json");
      if (code !== 0) throw new Error(`${args.join(" ")}: ${code}\n${stdout}${stderr}`);
      return JSON.parse(stdout) as T;
    },
  };
}
