import { type Address, type Hex, getAbiItem } from "viem";
import { ChartkeyError, findingOf } from "../errors.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { type Chain, newestBlock } from "./connection.ts";
import { type LedgerEntry, ZERO_HEAD, findBreak } from "./head.ts";
import { byPosition, readLogs } from "./logs.ts";
import { findForeignEntry, readSuccessions } from "./succession.ts";
import { compareHeads } from "./witness.ts";

const ENTRY_ANCHORED = getAbiItem({ abi: recordRegistryAbi, name: "EntryAnchored" });
const BATCH_ANCHORED = getAbiItem({ abi: recordRegistryAbi, name: "BatchAnchored" });

/** Where a log is on the chain. */
interface Place {
  blockNumber: bigint;
  logIndex: number;
  transactionHash: Hex;
}

/** An entry with its place on the chain. */
export type AnchoredEntry = LedgerEntry & Place;

/** A patient's ledger, checked to be complete, in order and unaltered as of `blockNumber`. */
export interface Ledger {
  patient: Address;
  head: Hex;
  entries: AnchoredEntry[];
  blockNumber: bigint;
}

type Shared = Pick<LedgerEntry, "recordId" | "patient" | "author" | "hospital" | "time" | "wraps">;

/** An entry as `EntryAnchored` tells it. */
export function fromEntryAnchored(args: Shared & { category: number; codec: number; payload: Hex }): LedgerEntry {
  const { category: categories, codec, ...rest } = args;
  return { kind: "entry", ...rest, categories, codec: codec === 0 ? 0 : 1 };
}

/** An entry as `BatchAnchored` tells it. */
export function fromBatchAnchored(
  args: Shared & { categories: number; root: Hex; count: number; manifest: Hex },
): LedgerEntry {
  const { root, count, manifest: payload, ...rest } = args;
  return { kind: "batch", ...rest, payload, codec: 0, batch: { root, count } };
}

/** The ledger entries of one patient, or of all, as the node tells them: nothing is recomputed. In the order of the chain. */
export async function readEntries(
  chain: Chain,
  patient: Address | undefined,
  toBlock: bigint,
): Promise<AnchoredEntry[]> {
  const query = { address: chain.deployment.records, toBlock, ...(patient === undefined ? {} : { args: { patient } }) };
  const [single, batches] = await Promise.all([
    readLogs(chain, { ...query, event: ENTRY_ANCHORED }),
    readLogs(chain, { ...query, event: BATCH_ANCHORED }),
  ]);
  const place = ({ blockNumber, logIndex, transactionHash }: Place): Place => ({
    blockNumber,
    logIndex,
    transactionHash,
  });
  const entries = single.map((log): AnchoredEntry => ({ ...fromEntryAnchored(log.args), ...place(log) }));
  const batchEntries = batches.map((log): AnchoredEntry => ({ ...fromBatchAnchored(log.args), ...place(log) }));
  return [...entries, ...batchEntries].sort(byPosition);
}

/** The head of a patient's ledger as the contract stores it: it changes with each entry. As of the newest block unless told otherwise. */
export function readHead({ client, deployment }: Chain, patient: Address, blockNumber?: bigint): Promise<Hex> {
  const query = { address: deployment.records, abi: recordRegistryAbi, functionName: "head", args: [patient] } as const;
  return client.readContract({ ...query, ...(blockNumber === undefined ? {} : { blockNumber }) });
}

/** A ledger as a node tells it, whether or not it holds. */
export interface LedgerAudit extends Ledger {
  /** `LEDGER_BROKEN`, `LEDGER_INCOMPLETE` or `LEDGER_FOREIGN_AUTHOR`; undefined when the ledger holds. */
  finding: ChartkeyError | undefined;
}

/**
 * Reads a patient's ledger, recomputes it to the head that the contract stores at the same block, and checks that every entry without a
 * hospital is by whoever acted for the patient then. What does not hold is a finding. As of the newest block unless told otherwise: then
 * the node has to be up to what was seen before, and a second node has to know no other head. Throws `CHAIN_STALE`, `CHAIN_REWRITTEN`,
 * `CHAIN_DISAGREES`.
 */
export async function auditLedger(chain: Chain, patient: Address, atBlock?: bigint): Promise<LedgerAudit> {
  const blockNumber = atBlock ?? (await newestBlock(chain));
  const [entries, successions, head] = await Promise.all([
    readEntries(chain, patient, blockNumber),
    readSuccessions(chain, patient, blockNumber),
    readHead(chain, patient, blockNumber),
  ]);
  if (atBlock === undefined) await compareHeads(chain, patient, head);
  const finding = findingOf(() => {
    checkLedger(chain, entries, head);
    checkAuthors([...entries, ...successions].sort(byPosition));
  });
  return { patient, head, entries, blockNumber, finding };
}

/**
 * Reads a patient's ledger and checks it as `auditLedger` does. Throws `LEDGER_BROKEN` with the first entry that does not fit,
 * `LEDGER_INCOMPLETE` when the node withholds the newest ones, `LEDGER_FOREIGN_AUTHOR` with the first entry by the wrong account.
 */
export async function readLedger(chain: Chain, patient: Address, atBlock?: bigint): Promise<Ledger> {
  const { finding, ...ledger } = await auditLedger(chain, patient, atBlock);
  if (finding !== undefined) throw finding;
  return ledger;
}

/** Throws unless the entries lead from nothing to `head`. */
export function checkLedger(chain: Pick<Chain, "id" | "deployment">, entries: LedgerEntry[], head: Hex): void {
  const wrong = findBreak({ chainId: chain.id, registry: chain.deployment.records }, entries);
  if (wrong !== undefined)
    throw new ChartkeyError(
      "LEDGER_BROKEN",
      `Entry ${wrong.recordId} does not follow from the entries before it. The node's answer is wrong.`,
      {
        details: { recordId: wrong.recordId },
      },
    );
  const last = entries.at(-1)?.recordId ?? ZERO_HEAD;
  if (last !== head)
    throw new ChartkeyError(
      "LEDGER_INCOMPLETE",
      "The node withholds entries: the list does not reach the head in the contract. Ask another node.",
      {
        details: { last, head },
      },
    );
}

function checkAuthors(facts: Parameters<typeof findForeignEntry>[0]): void {
  const foreign = findForeignEntry(facts);
  if (foreign !== undefined)
    throw new ChartkeyError(
      "LEDGER_FOREIGN_AUTHOR",
      `Entry ${foreign.recordId} names no hospital, and its author did not act for the patient then. Ask another node.`,
      { details: { recordId: foreign.recordId, author: foreign.author } },
    );
}

/** Every patient that has a ledger entry, in the order of their first one. */
export async function readPatients(chain: Chain, atBlock?: bigint): Promise<Address[]> {
  const toBlock = atBlock ?? (await chain.client.getBlockNumber({ cacheTime: 0 }));
  const entries = await readEntries(chain, undefined, toBlock);
  return [...new Set(entries.map(({ patient }) => patient))];
}
