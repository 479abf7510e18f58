import { ChartReader, ChartkeyError, type LedgerEntry, type ReadSession, type UnlockedSession } from "@chartkey/sdk";
import { type ExportItem, type ExportOptions, exportLedger } from "@chartkey/sdk/verify";
import type { Address } from "viem";
import type { Io } from "./io.ts";
import { openReading, openUnlocked } from "./session.ts";

function itemsOf(session: UnlockedSession, patient: Address) {
  const reader = new ChartReader(session, patient);
  return async (entry: LedgerEntry): Promise<ExportItem[]> => {
    try {
      const items = await reader.batchItems(entry);
      return items.map(({ index, category, codec, payload }) => ({ index, category, codec, payload }));
    } catch (error) {
      // What this account cannot read is exported as far as it is public.
      if (error instanceof ChartkeyError && !error.code.startsWith("CHAIN_")) return [];
      throw error;
    }
  };
}

/**
 * A patient's ledger as an export. With a key in the environment, the records inside of batches are named too, as far as the account
 * can read them; without one, only what everybody can see.
 */
export async function exportPatientLedger(io: Io, patient: Address, withPayloads: boolean) {
  const hasKey = Boolean(io.env["CHARTKEY_PRIVATE_KEY"] || io.env["CHARTKEY_KEYSTORE"]);
  const [session, options]: [ReadSession, ExportOptions] = hasKey
    ? await openUnlocked(io).then((unlocked) => [unlocked, { withPayloads, itemsOf: itemsOf(unlocked, patient) }])
    : [await openReading(io), { withPayloads }];
  return exportLedger(session, patient, options);
}
