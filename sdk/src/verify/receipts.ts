import {
  type Address,
  type Hex,
  type RpcTransactionReceipt,
  concatHex,
  fromRlp,
  hexToBytes,
  keccak256,
  toRlp,
} from "viem";
import { ChartkeyError } from "../errors.ts";
import { rlpInteger } from "./header.ts";

/** A log as a receipt holds it. */
export interface ReceiptLog {
  address: Address;
  topics: Hex[];
  data: Hex;
}

type Item = Hex | readonly Item[];

/** Bytes of a receipt as the receipts trie holds them (EIP-2718). */
export function encodeReceipt({ type, status, root, cumulativeGasUsed, logsBloom, logs }: RpcTransactionReceipt): Hex {
  const outcome = root ?? rlpInteger(status);
  const logItems = logs.map(({ address, topics, data }): Item => [address, topics, data]);
  const payload = toRlp([outcome, rlpInteger(cumulativeGasUsed), logsBloom, logItems] as Item);
  const number = Number(type);
  return number === 0 ? payload : concatHex([`0x${number.toString(16).padStart(2, "0")}`, payload]);
}

const malformed = () => new ChartkeyError("RECEIPT_MALFORMED", "A receipt does not have the form of a receipt.");

/** Logs of an encoded receipt. Throws `RECEIPT_MALFORMED`. */
export function logsOf(encoded: Hex): ReceiptLog[] {
  const typed = Number.parseInt(encoded.slice(2, 4), 16) < 0xc0;
  let items: Item;
  try {
    items = fromRlp(typed ? `0x${encoded.slice(4)}` : encoded, "hex");
  } catch {
    throw malformed();
  }
  const logs = items[3];
  if (typeof items === "string" || items.length !== 4 || !Array.isArray(logs)) throw malformed();
  return logs.map((log: Item): ReceiptLog => {
    const [address, topics, data] = log;
    if (typeof log === "string" || typeof address !== "string" || !Array.isArray(topics) || typeof data !== "string")
      throw malformed();
    if (address.length !== 42 || !topics.every((topic) => typeof topic === "string" && topic.length === 66))
      throw malformed();
    return { address: address as Address, topics: topics as Hex[], data: data as Hex };
  });
}

/**
 * Whether a block's bloom filter can hold a log with all these items (addresses and topics; Yellow Paper, 4.3.1).
 * There are false positives, but never a log that the filter denies.
 */
export function mayHold(bloom: Hex, items: readonly Hex[]): boolean {
  if (/^0x0*$/.test(bloom)) return false;
  const bits = hexToBytes(bloom);
  return items.every((item) => {
    const hash = hexToBytes(keccak256(item));
    return [0, 2, 4].every((at) => {
      const bit = ((hash[at]! << 8) | hash[at + 1]!) & 2047;
      return ((bits[255 - (bit >> 3)] ?? 0) >> (bit & 7)) & 1;
    });
  });
}
