import type { Hex } from "viem";
import { followsRule, isOwnRule, readAdjustment } from "./difficulty.ts";
import { type HeaderFields, type HeaderView, SEALED_CHAINS, decodeHeader, isSealed, viewHeader } from "./header.ts";
import { fail } from "./report.ts";

/** Headers that were found to follow from one another. */
export interface LinkedHeaders {
  fields: HeaderFields[];
  views: HeaderView[];
}

/** Decodes headers, or fails naming the first that is none. */
export function decodeHeaders(headers: readonly Hex[]): HeaderFields[] {
  return headers.map((rlp, index) => decodeHeader(rlp) ?? fail(`headers[${index}] is not a block header.`));
}

/** Checks that headers are numbered on from `first` and each names the one before it by its hash. */
export function checkLinks(fields: HeaderFields[], first: bigint): [detail: string, value: LinkedHeaders] {
  if (fields.length === 0) fail("There is no block header.");
  const views = fields.map((header) => viewHeader(header));
  views.forEach(({ number, parentHash }, index) => {
    if (number !== first + BigInt(index)) fail(`Block ${number} stands where block ${first + BigInt(index)} belongs.`);
    const parent = views[index - 1];
    if (parent !== undefined && parent.hash !== parentHash)
      fail(`Block ${number} does not follow from the block before it.`);
  });
  const last = views.at(-1)!;
  return [
    `${views.length} headers, blocks ${first} to ${last.number}, each naming the one before it; the last is ${last.hash}.`,
    { fields, views },
  ];
}

/**
 * Checks the work of every header but genesis, and that each has the difficulty that the chain's rule gives after the one before it.
 * @returns the work: SHA-256 computations that such headers take on average; 0 on a chain without such work
 */
export function checkSeals({ fields, views }: LinkedHeaders, chainId: number): [detail: string, work: bigint] {
  const first = views[0]!;
  if (first.difficulty === 0n && !SEALED_CHAINS.includes(chainId))
    return ["This chain has no proof of work that could be checked in a file.", 0n];
  views.forEach((view, index) => {
    const parent = views[index - 1];
    const isRight = parent === undefined ? isOwnRule(view, chainId) : followsRule(view, parent);
    if (!isRight || view.difficulty === 0n)
      fail(`Block ${view.number} does not have the time and difficulty that follow from the block before it.`);
    if (view.number > 0n && !isSealed(fields[index]!)) fail(`Block ${view.number} does not carry its proof of work.`);
  });
  const sealed = views.filter(({ number }) => number > 0n).map(({ difficulty }) => difficulty);
  const work = sealed.reduce((sum, difficulty) => sum + difficulty, 0n);
  return [describe(first, sealed), work];
}

function describe({ difficulty, extraData }: HeaderView, sealed: readonly bigint[]): string {
  const rule = readAdjustment(extraData);
  if (rule === undefined) return `${sealed.length} blocks carry the SHA-256 work of difficulty ${difficulty}.`;
  const [least, most] = sealed.reduce(
    ([low, high], each) => [each < low ? each : low, each > high ? each : high],
    [sealed[0] ?? difficulty, sealed[0] ?? difficulty],
  );
  return `${sealed.length} blocks carry their SHA-256 work, of difficulties from ${least} to ${most}, adjusted towards a block each ${rule.blockTime} s.`;
}
