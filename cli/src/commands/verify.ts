import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ChartkeyError } from "@chartkey/sdk";
import { type Report, verifyAgainstChain, verifyExport } from "@chartkey/sdk/verify";
import { Argument, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { asOurs } from "../errors.ts";
import type { Io, Result } from "../io.ts";
import { openReading } from "../session.ts";
import { httpUrl, toAddress } from "../values.ts";

function toResult(report: Report): Result {
  const { ok, checks, proved, notProved } = report;
  const lines = [
    ...checks.map((check) => `${check.ok ? "ok    " : "FAILED"}  ${check.name}: ${check.detail}`),
    ok ? "Everything holds." : "This does not hold. Do not rely on it.",
    ...proved.map((sentence) => `Shown: ${sentence}`),
    ...notProved.map((sentence) => `Not shown: ${sentence}`),
  ];
  return { json: report, lines, exitCode: ok ? 0 : 1 };
}

/** Has an error about the chain name the option that its address is from. */
async function namingOption<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    const error = asOurs(thrown);
    if (!(error instanceof ChartkeyError) || error.code !== "CHAIN_UNREACHABLE") throw error;
    throw new ChartkeyError(error.code, error.message, { cause: error, details: { option: "--rpc" } });
  }
}

async function verifyFile(io: Io, file: string, rpcUrl: string | undefined): Promise<Result> {
  const bytes = await readFile(resolve(io.cwd, file));
  if (rpcUrl === undefined) return toResult(await verifyExport(bytes));
  const { client } = (await openReading(io, rpcUrl)).chain;
  const blockHash = async (blockNumber: bigint) =>
    blockNumber <= (await client.getBlockNumber({ cacheTime: 0 }))
      ? (await client.getBlock({ blockNumber })).hash
      : undefined;
  return toResult(await verifyExport(bytes, { blockHash }));
}

export const verifyCommand: Spec = {
  name: "verify",
  summary:
    "Check an export without any network or key; with --rpc also against a chain. Without a file: check the chain itself.",
  arguments: [new Argument("[file]", "an export of a ledger")],
  options: [
    new Option("--rpc <url>", "a node that you trust"),
    new Option("--patient <address>", "of a chain, check this ledger alone").argParser(toAddress),
  ],
  example: "ledger.json",
  async run(io, { rpc, patient }, [file]) {
    const rpcUrl = rpc === undefined ? undefined : httpUrl(rpc as string, "--rpc");
    if (file !== undefined) return namingOption(verifyFile(io, file as string, rpcUrl));
    if (rpcUrl === undefined) throw new ChartkeyError("USAGE", "Name a file, or a node with --rpc.");
    const checked = openReading(io, rpcUrl).then(({ chain }) =>
      verifyAgainstChain(chain, patient as Address | undefined),
    );
    return toResult(await namingOption(checked));
  },
};
