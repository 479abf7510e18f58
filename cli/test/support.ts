import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { bytesToHex } from "viem";
import { developmentAccount } from "../../scripts/lib/accounts.ts";
import { type Stack, startTestStack } from "../../test/support/stack.ts";
import { printable } from "../src/printable.ts";
import { run } from "../src/program.ts";
import { secretReader } from "../src/secret.ts";

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

export async function openStack({ stores = 1 } = {}): Promise<TestStack> {
  const dir = await mkdtemp(join(tmpdir(), "chartkey-cli-"));
  const stack = await startTestStack({ dataDir: join(dir, "data"), stores });
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
    const left: Run = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (left.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (left.stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...left, code }));
  });
}

/** As `spawnCli`, in this process, which costs no start of another; what belongs to processes is tested by `spawnCli`. */
export async function runCli(
  args: string[],
  env: Record<string, string>,
  cwd?: string,
  input?: string[],
): Promise<Run> {
  const left: Run = { code: null, stdout: "", stderr: "" };
  const stderr = (text: string) => void (left.stderr += text);
  const lines = new PassThrough();
  if (input === undefined) lines.end();
  else lines.write(input.map((line) => `${line}\n`).join(""));
  left.code = await run(args, {
    env,
    cwd: cwd ?? env["INIT_CWD"] ?? process.cwd(),
    isTerminal: false,
    stdout: (text) => void (left.stdout += printable(text)),
    stderr,
    isTyped: false,
    readSecret: secretReader(lines, stderr),
  });
  return left;
}

/** Runs commands as one account of a stack. */
export function cliOf({ rpcUrl, storeUrl, dir }: TestStack, account?: number) {
  const key = account === undefined ? {} : { CHARTKEY_PRIVATE_KEY: keyOf(account) };
  const env = { CHARTKEY_RPC_URL: rpcUrl, CHARTKEY_STORE_URL: storeUrl, INIT_CWD: dir, ...key };
  const raw = (...args: string[]) => runCli(args, env);
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
