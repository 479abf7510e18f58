import { type Address, type Hex, decodeEventLog, encodeEventTopics, padHex } from "viem";
import { type LedgerEntry } from "../chain/head.ts";
import { type ReceiptLog, logsOf, mayHold } from "./receipts.ts";
import { fromBatchAnchored, fromEntryAnchored } from "../chain/ledger.ts";
import type { Succession } from "../chain/succession.ts";
import type { Deployment } from "../generated/addresses.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";

/** What a ledger is proved by: its entries, and who acted for its patient when. */
export type LedgerFact = LedgerEntry | Succession;

/** Where the events are. */
type Contracts = Pick<Deployment, "records" | "keyDirectory">;

const topicOf = (eventName: "EntryAnchored" | "BatchAnchored") =>
  encodeEventTopics({ abi: recordRegistryAbi, eventName })[0]!;
const ANCHORED = [topicOf("EntryAnchored"), topicOf("BatchAnchored")];
const SUCCEEDED = encodeEventTopics({ abi: keyDirectoryAbi, eventName: "Succeeded" })[0]!;

/** Whether a block can hold ledger entries or a succession: of one patient, or of any. */
export function mayHoldFacts(bloom: Hex, { records, keyDirectory }: Contracts, patient?: Address): boolean {
  const owner = patient === undefined ? [] : [padHex(patient, { size: 32 })];
  return (
    ANCHORED.some((topic) => mayHold(bloom, [records, topic, ...owner])) ||
    mayHold(bloom, [keyDirectory, SUCCEEDED, ...owner])
  );
}

function toEntry({ topics, data }: ReceiptLog): LedgerEntry | undefined {
  if (topics[0] === undefined || !ANCHORED.includes(topics[0])) return undefined;
  const log = decodeEventLog({ abi: recordRegistryAbi, topics: topics as [Hex, ...Hex[]], data, strict: true });
  if (log.eventName === "EntryAnchored") return fromEntryAnchored(log.args);
  return log.eventName === "BatchAnchored" ? fromBatchAnchored(log.args) : undefined;
}

function toSuccession({ topics, data }: ReceiptLog): Succession | undefined {
  if (topics[0] !== SUCCEEDED) return undefined;
  const { args } = decodeEventLog({
    abi: keyDirectoryAbi,
    eventName: "Succeeded",
    topics: topics as [Hex, ...Hex[]],
    data,
    strict: true,
  });
  return { kind: "succession", account: args.account, successor: args.successor };
}

/**
 * Ledger entries and successions in the encoded receipts of a block, in their order.
 * Throws `RECEIPT_MALFORMED` and what viem throws on other events.
 */
export function factsIn(receipts: readonly Hex[], { records, keyDirectory }: Contracts): LedgerFact[] {
  const is = (contract: Address, { address }: ReceiptLog) => address.toLowerCase() === contract.toLowerCase();
  return receipts
    .flatMap(logsOf)
    .map((log) => {
      if (is(records, log)) return toEntry(log);
      return is(keyDirectory, log) ? toSuccession(log) : undefined;
    })
    .filter((fact) => fact !== undefined);
}

/** Whose ledger a fact is about. */
export function patientOf(fact: LedgerFact): Address {
  return fact.kind === "succession" ? fact.account : fact.patient;
}

/** Whether a fact is an entry. */
export function isEntry(fact: LedgerFact): fact is LedgerEntry {
  return fact.kind !== "succession";
}
