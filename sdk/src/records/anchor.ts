import type { Extension } from "@medplum/fhirtypes";
import type { Address, Hex } from "viem";
import { BASE } from "./export-marks.ts";

/** Where something stands on a chain, for whoever checks it there. */
export interface Anchor {
  chainId: number;
  /** The contract whose event says it. */
  contract: Address;
  blockNumber: bigint;
  blockHash: Hex;
  transactionHash: Hex;
}

/** Where a record stands: its entry of the ledger, its place in it, and the digest of its encrypted bytes. */
export interface RecordAnchor extends Anchor {
  recordId: Hex;
  /** Place of the entry in the patient's ledger, from 1. */
  sequence: number;
  /** Place of the record in the entry's batch; 0 for a single entry. */
  index: number;
  /** SHA-256 of the root block of the encrypted bytes. */
  digest: Hex;
  /** Under which a store has them. */
  cid: string;
  /** Root of the batch's tree (docs/protocol.md, Batches), when the record is of one. */
  root?: Hex;
}

/** An anchor as a FHIR extension: where something began to stand on the chain, or where it ended. */
export function anchorExtension(name: "anchor" | "ended", anchor: Anchor | RecordAnchor): Extension {
  const text = (url: string, valueString: string): Extension => ({ url, valueString });
  const { chainId, contract, blockNumber, blockHash, transactionHash } = anchor;
  const record =
    "recordId" in anchor
      ? [
          text("recordId", anchor.recordId),
          { url: "sequence", valuePositiveInt: anchor.sequence },
          { url: "index", valueUnsignedInt: anchor.index },
          text("digest", anchor.digest),
          { url: "cid", valueUri: `ipfs://${anchor.cid}` },
          ...(anchor.root === undefined ? [] : [text("root", anchor.root)]),
        ]
      : [];
  return {
    url: `${BASE}:${name}`,
    extension: [
      { url: "contract", valueUri: `eip155:${chainId}:${contract.toLowerCase()}` },
      text("blockNumber", String(blockNumber)),
      text("blockHash", blockHash),
      text("transactionHash", transactionHash),
      ...record,
    ],
  };
}
