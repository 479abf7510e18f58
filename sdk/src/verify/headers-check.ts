import type { Hex } from "viem";
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
 * Checks the work of every header but genesis, all of one difficulty, as the chain's rules have it.
 * @returns the difficulty; 0 on a chain without such work
 */
export function checkSeals({ fields, views }: LinkedHeaders, chainId: number): [detail: string, value: bigint] {
  const { difficulty } = views[0]!;
  if (difficulty === 0n && !SEALED_CHAINS.includes(chainId))
    return ["This chain has no proof of work that could be checked in a file.", 0n];
  views.forEach((view, index) => {
    if (view.difficulty !== difficulty || difficulty === 0n) fail(`Block ${view.number} has a difficulty of its own.`);
    if (view.number > 0n && !isSealed(fields[index]!)) fail(`Block ${view.number} does not carry its proof of work.`);
  });
  const sealed = views.filter(({ number }) => number > 0n).length;
  return [`${sealed} blocks carry the SHA-256 work of difficulty ${difficulty}.`, difficulty];
}
