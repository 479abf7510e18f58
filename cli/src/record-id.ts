import { ChartkeyError, type ReadSession, readLedger } from "@chartkey/sdk";
import type { Address, Hex } from "viem";

/** The id of a record that is named by it, or by its number in the ledger. Throws `RECORD_UNKNOWN`. */
export async function recordIdOf({ chain }: ReadSession, patient: Address, wanted: Hex | number): Promise<Hex> {
  if (typeof wanted === "string") return wanted;
  const entry = (await readLedger(chain, patient)).entries[wanted - 1];
  if (entry === undefined)
    throw new ChartkeyError("RECORD_UNKNOWN", `This patient's ledger has no entry ${wanted}. Check the number.`);
  return entry.recordId;
}
