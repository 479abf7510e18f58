import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAIN, type TestStack, cliOf, keyOf, openStack, runCli, spawnCli } from "./support.ts";

let stack: TestStack;
let env: Record<string, string>;

const SOMEBODY = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
/** A port that nothing listens on. */
const NOWHERE = "http://127.0.0.1:9";

beforeAll(async () => {
  stack = await openStack();
  env = { CHARTKEY_RPC_URL: stack.rpcUrl, CHARTKEY_STORE_URL: stack.storeUrl, CHARTKEY_PRIVATE_KEY: keyOf(3) };
  await cliOf(stack, 3).json("vault", "create");
  await writeFile(join(stack.dir, "torn.json"), '{"resourceType":"Bundle","type":"collection","entry":[{');
  await writeFile(join(stack.dir, "one.json"), '{"resourceType":"Basic","id":"b","code":{"text":"x"}}');
});

afterAll(() => stack?.close());

/** Runs a command that must fail, with and without JSON, and gives its error. */
async function errorOf(args: string[], changed: Record<string, string | undefined> = {}, perform = runCli) {
  const given = Object.entries({ ...env, ...changed }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const { code, stdout, stderr } = await perform([...args, "--json"], Object.fromEntries(given), stack.dir);
  expect({ code, lines: stderr.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
  expect(stdout + stderr).not.toMatch(/\n\s+at |node_modules|undefined/);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  expect(stderr).toBe(`${error.message} [${error.code}]\n`);
  return error;
}

/** An address that answers every JSON-RPC request the same way. */
async function answering(results: Record<string, unknown>): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { id, method } = JSON.parse(body) as { id: number; method: string };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ jsonrpc: "2.0", id, result: results[method] ?? null }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe("errors are one sentence with a code, exit code 1", () => {
  it("about keys, which are never shown", async () => {
    expect(await errorOf(["whoami"], { CHARTKEY_PRIVATE_KEY: undefined }, spawnCli)).toMatchObject({
      code: "KEY_NOT_SET",
    });
    const secret = "0xdeadbeef-not-a-key";
    const malformed = await errorOf(["whoami"], { CHARTKEY_PRIVATE_KEY: secret }, spawnCli);
    expect(malformed).toMatchObject({ code: "KEY_MALFORMED" });
    expect(malformed.message).not.toContain("deadbeef");
    expect(await errorOf(["whoami"], { CHARTKEY_PRIVATE_KEY: `0x${"0".repeat(64)}` })).toMatchObject({
      code: "KEY_MALFORMED",
    });
    const argument = await errorOf(["whoami", "--key", keyOf(3)], {}, spawnCli);
    expect(argument).toMatchObject({ code: "ARGUMENT_IS_SECRET" });
    expect(argument.message).not.toContain(keyOf(3).slice(2, 12));
  });

  it("about the chain: nobody there, another network, no contract", async () => {
    expect(await errorOf(["whoami"], { CHARTKEY_RPC_URL: NOWHERE })).toMatchObject({ code: "CHAIN_UNREACHABLE" });
    expect(await errorOf(["whoami"], { CHARTKEY_RPC_URL: "ftp://x" })).toMatchObject({ code: "URL_MALFORMED" });
    const named = await errorOf(["verify", "--rpc", NOWHERE]);
    expect(named).toMatchObject({ code: "CHAIN_UNREACHABLE" });
    expect(named.message).toContain("--rpc");
    expect(named.message).not.toContain("CHARTKEY_RPC_URL");
    const elsewhere = await answering({ eth_chainId: "0x1" });
    expect(await errorOf(["whoami"], { CHARTKEY_RPC_URL: elsewhere.url })).toMatchObject({ code: "CHAIN_UNKNOWN" });
    elsewhere.close();
    const empty = await answering({ eth_chainId: "0x4f29", eth_getCode: "0x" });
    expect(await errorOf(["whoami"], { CHARTKEY_RPC_URL: empty.url })).toMatchObject({ code: "CHAIN_NO_CONTRACT" });
    empty.close();
  });

  it("about the store", async () => {
    const args = ["import", "one.json", "--patient", SOMEBODY];
    const error = await errorOf(args, { CHARTKEY_STORE_URL: NOWHERE });
    expect(error).toMatchObject({ code: "STORE_UNREACHABLE" });
    expect(error.message).toContain("CHARTKEY_STORE_URL");
  });

  it("about accounts, records and files that do not exist", async () => {
    expect(await errorOf(["timeline", "--patient", SOMEBODY], { CHARTKEY_PRIVATE_KEY: keyOf(4) })).toMatchObject({
      code: "VAULT_MISSING",
    });
    const unknown = `0x${"ab".repeat(28)}00000009`;
    expect(await errorOf(["open", unknown, "--patient", SOMEBODY])).toMatchObject({ code: "RECORD_UNKNOWN" });
    expect(await errorOf(["open", "7", "--patient", SOMEBODY])).toMatchObject({ code: "RECORD_UNKNOWN" });
    expect(await errorOf(["import", "nowhere.json", "--patient", SOMEBODY])).toMatchObject({ code: "FILE_ENOENT" });
    expect(await errorOf(["hospital", "accredit", "9"])).toMatchObject({
      code: expect.stringMatching(/^REVERT_/) as string,
    });
  });

  it("about the command line itself", async () => {
    for (const args of [
      ["dance"],
      ["timeline"],
      ["timeline", "--patient", "0x12"],
      ["grant", "--to", SOMEBODY, "--hospital", "1", "--read", "dreams", "--until", "2027-06-30"],
      ["grant", "--to", SOMEBODY, "--hospital", "1", "--read", "results", "--until", "2027-06-31"],
      ["export", "--patient", SOMEBODY],
      ["verify"],
    ])
      expect(await errorOf(args)).toMatchObject({ code: "USAGE" });
  });

  it("a file that is no FHIR is refused by name, with exit code 2", async () => {
    const given = ["import", "torn.json", "--patient", SOMEBODY, "--json"];
    const { code, stdout } = await spawnCli(given, env, stack.dir);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 2,
      accepted: 0,
      refused: [{ file: "torn.json", reason: expect.stringContaining("Not valid JSON") as string }],
    });
  });

  it("every command has help with an example", async () => {
    /** Names of the commands that a help lists. */
    const listed = (help: string) =>
      [...(help.split("Commands:")[1] ?? "").matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name!);
    const { stdout } = await runCli(["--help"], {});
    const names = listed(stdout).filter((name) => name !== "help");
    expect(names.length).toBeGreaterThan(11);
    const commands: string[][] = [];
    for (const name of names) {
      const inner = listed((await runCli([name, "--help"], {})).stdout).filter((other) => other !== "help");
      commands.push(...(inner.length > 0 ? inner.map((other) => [name, other]) : [[name]]));
    }
    for (const words of commands) {
      const help = await runCli([...words, "--help"], {});
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`npm run chartkey -- ${words.join(" ")}`);
      expect(help.stdout).toContain("--json");
    }
  }, 240_000);
});

it("ends quietly when its reader has enough", async () => {
  const child = spawn(process.execPath, [MAIN, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
