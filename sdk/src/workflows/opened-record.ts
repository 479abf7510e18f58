import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import type { PayloadMeta } from "../crypto/payload.ts";
import type { ContentReference } from "../storage/cid.ts";
import type { DetachedAttachment } from "./detached.ts";

/** Largest data that is opened to be shown, in bytes. More is opened into a sink. */
export const MAX_HELD = 1 << 25;
/** Of one chart together, in bytes: authors choose how much a few sealed bytes unpack to. */
export const MAX_HELD_TOGETHER = 1 << 28;

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
  /** Its encrypted bytes, as the ledger or the batch's manifest names them; absent of one that was shared by itself. */
  payload?: ContentReference;
  /** Empty when the record is `large`. */
  data: Bytes;
  /** Large files of its resource, which are not in `data`; of one that was shared by itself, with their bytes. */
  attachments?: readonly (DetachedAttachment & { bytes?: Bytes })[];
  /** A file of so many bytes, more than `MAX_HELD` or than there was room for, which is not opened until somebody asks for it: see `openRecordInto`. */
  large?: { size: number };
  /** The patient hid it, or sealed it again, at this Unix second. */
  control?: { state: "hidden" | "resealed"; time: number };
}
