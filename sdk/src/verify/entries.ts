import { type Address, type Hex, decodeEventLog, encodeEventTopics, padHex } from "viem";
import { type LedgerEntry } from "../chain/head.ts";
import { type ReceiptLog, logsOf, mayHold } from "./receipts.ts";
import { fromBatchAnchored, fromEntryAnchored } from "../chain/ledger.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";

const topicOf = (eventName: "EntryAnchored" | "BatchAnchored") =>
  encodeEventTopics({ abi: recordRegistryAbi, eventName })[0]!;
const ANCHORED = [topicOf("EntryAnchored"), topicOf("BatchAnchored")];

/** Whether a block can hold ledger entries: of one patient, or of any. */
export function mayHoldEntries(bloom: Hex, registry: Address, patient?: Address): boolean {
  const owner = patient === undefined ? [] : [padHex(patient, { size: 32 })];
  return ANCHORED.some((topic) => mayHold(bloom, [registry, topic, ...owner]));
}

function toEntry({ topics, data }: ReceiptLog): LedgerEntry | undefined {
  if (topics[0] === undefined || !ANCHORED.includes(topics[0])) return undefined;
  const log = decodeEventLog({ abi: recordRegistryAbi, topics: topics as [Hex, ...Hex[]], data, strict: true });
  if (log.eventName === "EntryAnchored") return fromEntryAnchored(log.args);
  return log.eventName === "BatchAnchored" ? fromBatchAnchored(log.args) : undefined;
}

/** Ledger entries in the encoded receipts of a block, in their order. Throws `RECEIPT_MALFORMED` and what viem throws on other events. */
export function entriesIn(receipts: readonly Hex[], registry: Address): LedgerEntry[] {
  return receipts
    .flatMap(logsOf)
    .filter(({ address }) => address.toLowerCase() === registry.toLowerCase())
    .map(toEntry)
    .filter((entry) => entry !== undefined);
}
