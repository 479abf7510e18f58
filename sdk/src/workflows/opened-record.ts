import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import type { PayloadMeta } from "../crypto/payload.ts";

/** An opened record. */
export interface OpenedRecord {
  recordId: Hex;
  /** Place in a batch; 0 for a single entry. */
  index: number;
  category: number;
  author: Address;
  /** 0 when the patient wrote it. */
  hospital: number;
  /** Unix seconds at which it was anchored. */
  time: number;
  meta: PayloadMeta;
  data: Bytes;
  /** The patient hid it, or sealed it again, at this Unix second. */
  control?: { state: "hidden" | "resealed"; time: number };
}
