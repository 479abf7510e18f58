import { ChartkeyError, rpcClient } from "@chartkey/sdk";
import {
  type CheckedCheckpoint,
  checkCheckpoints,
  claimBlock,
  type Linked,
  linkToNewest,
  readCheckpoints,
  writeCheckpoint,
} from "@chartkey/sdk/verify";
import { InvalidArgumentError, Option } from "commander";
import { type Address, createWalletClient, defineChain, http } from "viem";
import type { Spec } from "../command.ts";
import type { Io, Result } from "../io.ts";
import { readAccount } from "../keys.ts";
import { openReading } from "../session.ts";
import { httpUrl, toAddress } from "../values.ts";

/** Blocks above the one that is written: as many as nobody expects a chain to take back. */
const DEPTH = 12;
/** How many transactions of the account are looked at. */
const LAST = 100;

function toCount(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("Expected a whole number, from 0 to 99999.");
  return Number(text);
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

/** The chain, and the witness with its id, which is another one. Throws `WITNESS_UNREACHABLE`, `WITNESS_SAME_CHAIN`. */
async function openBoth(io: Io, url: string) {
  const { chain } = await openReading(io);
  const witness = rpcClient(url);
  const witnessId = await witness.getChainId().catch((cause: unknown) => {
    const message = "The node of --witness does not answer. Nothing was sent. Start it, or check its address.";
    throw new ChartkeyError("WITNESS_UNREACHABLE", message, { cause });
  });
  if (witnessId !== chain.id) return { chain, witness, witnessId };
  throw new ChartkeyError(
    "WITNESS_SAME_CHAIN",
    `The witness is chain ${witnessId} as well. A chain is no witness of itself. Nothing was sent. Name a node of another chain.`,
  );
}

async function write(io: Io, url: string, depth: number): Promise<Result> {
  const account = await readAccount(io);
  const { chain, witness, witnessId } = await openBoth(io, url);
  const claim = await claimBlock(chain.client, chain.id, depth);
  const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
  const place = { id: witnessId, name: `Chain ${witnessId}`, nativeCurrency, rpcUrls: { default: { http: [url] } } };
  const wallet = createWalletClient({ account, chain: defineChain(place), transport: http(url) });
  const transactionHash = await writeCheckpoint(witness, wallet, claim);
  return {
    json: { ...claim, witness: witnessId, by: account.address, transactionHash },
    lines: [
      `Block ${claim.number} of chain ${chain.id} (${claim.hash}) is written to chain ${witnessId}, by ${account.address}.`,
      `Transaction there: ${transactionHash}`,
    ],
  };
}

function lineOf({ checkpoint: { number, hash, time }, hash: now, ok }: CheckedCheckpoint): string {
  const at = `block ${number}, witnessed ${iso(time)}`;
  if (ok) return `ok       ${at}: ${hash}`;
  const found = now === undefined ? "the chain has no such block" : `the chain has ${now}`;
  return `DIFFERS  ${at}: the witness holds ${hash}, ${found}`;
}

/** Between which blocks the chain was rewritten, as far as the checkpoints tell. */
function rewritten(checked: readonly CheckedCheckpoint[]): string {
  const numbers = (ok: boolean) => checked.filter((each) => each.ok === ok).map(({ checkpoint }) => checkpoint.number);
  const first = numbers(false).reduce((least, number) => (number < least ? number : least));
  const before = numbers(true).filter((number) => number < first);
  const since = before.reduce<bigint | undefined>((most, number) => (most && most > number ? most : number), undefined);
  const from = since === undefined ? "at or before" : `after block ${since}, and at or before`;
  return `This chain was rewritten or begun anew ${from} block ${first}, or the node tells another one. Do not rely on it.`;
}

function lineOfLink({ from, to, hash, broken }: Linked): string {
  return broken
    ? `BROKEN   block ${to + 1n} does not follow from block ${to}: the node shows blocks of two chains. Do not rely on it.`
    : `linked   blocks ${from} to ${to}, the newest one, each naming the one before it: ${hash}`;
}

function verdict(link: Linked | undefined): string[] {
  if (link?.broken) return [];
  if (!link)
    return [
      "The node has every block that the witness holds. That the newest block follows from them was not checked.",
    ];
  return ["The node has every block that the witness holds, and its newest block follows from them."];
}

async function check(io: Io, url: string, account: Address, last: number, linking: boolean): Promise<Result> {
  const { chain, witness, witnessId } = await openBoth(io, url);
  const checkpoints = await readCheckpoints(witness, { account, chainId: chain.id, last });
  if (checkpoints.length === 0)
    throw new ChartkeyError(
      "CHECKPOINT_NONE",
      `The newest ${last} transactions of ${account} on chain ${witnessId} hold no checkpoint of chain ${chain.id}. Nothing was checked. Name the account that wrote them, or more with --last.`,
    );
  const checked = await checkCheckpoints(chain.client, checkpoints);
  const has = checked.every((each) => each.ok);
  const link = has && linking ? await linkToNewest(chain, checkpoints) : undefined;
  const ok = has && link?.broken !== true;
  return {
    json: { ok, witness: witnessId, by: account, checkpoints: checked, ...(link ? { link } : {}) },
    lines: [
      ...checked.map(lineOf),
      ...(link ? [lineOfLink(link)] : []),
      ...(has ? verdict(link) : [rewritten(checked)]),
    ],
    exitCode: ok ? 0 : 1,
  };
}

export const checkpointCommand: Spec = {
  name: "checkpoint",
  summary: "Write the hash of a block to another chain; with --check, hold the chain against what was written there.",
  options: [
    new Option("--witness <url>", "a node of the other chain").makeOptionMandatory(),
    new Option("--depth <blocks>", "how many blocks stand above the one that is written")
      .argParser(toCount)
      .default(DEPTH),
    new Option("--check", "compare instead; needs no key"),
    new Option("--by <address>", "with --check: who wrote the checkpoints").argParser(toAddress),
    new Option("--link", "with --check: follow every block from the lowest of them to the newest block of the chain"),
    new Option("--last <count>", "with --check: how many of his newest transactions to look at")
      .argParser(toCount)
      .default(LAST),
  ],
  example: "--witness https://rpc.example.org --check --by 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  async run(io, { witness, depth, check: checking, by, last, link }) {
    const url = httpUrl(witness as string, "--witness");
    if (checking !== true) return write(io, url, depth as number);
    if (by === undefined)
      throw new ChartkeyError("USAGE", "Say with --by whose checkpoints count: anybody can write some.");
    return check(io, url, by as Address, last as number, link === true);
  },
};
