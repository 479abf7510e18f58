import { type Address, type Hex, bytesToHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { SEED_SIZE } from "../crypto/dispense-key.ts";
import { readLedger } from "../chain/ledger.ts";
import { ChartKeys } from "./chart-keys.ts";
import { type OrderReference, encodeOrderCode, encodeOrderReference } from "./order-code.ts";
import type { ReadSession, UnlockedSession } from "./session.ts";

function referenceOf({ chain }: ReadSession, orderId: Hex): OrderReference {
  return { chainId: chain.id, prescriptions: chain.deployment.prescriptions, orderId };
}

/** The verification code of an order: public, for print and for anybody who checks it. */
export function orderReferenceText(session: ReadSession, orderId: Hex): string {
  return encodeOrderReference(referenceOf(session, orderId));
}

/**
 * The pharmacy code of an order, as its patient: a secret that is shown to the pharmacist and to nobody else.
 * Throws `RECORD_UNKNOWN`, `ORDER_WITHOUT_CODE`, `CRYPTO_OPEN_FAILED` (somebody else's), and what `readLedger` and the store throw.
 */
export async function showOrder(session: UnlockedSession, patient: Address, orderId: Hex): Promise<string> {
  const { entries } = await readLedger(session.chain, patient);
  const entry = entries.find(({ recordId }) => recordId === orderId.toLowerCase());
  if (entry === undefined)
    throw new ChartkeyError("RECORD_UNKNOWN", "There is no such record in this patient's ledger. Check its id.", {
      details: { recordId: orderId, patient },
    });
  const secret = await new ChartKeys(session, patient).findPatientOnly(entry);
  if (secret?.length !== SEED_SIZE + 32)
    throw new ChartkeyError(
      "ORDER_WITHOUT_CODE",
      "This record has no code for a pharmacist: it is no prescription, or was written by another program. Ask its doctor.",
      { details: { recordId: orderId } },
    );
  const copy = bytesToHex(secret.subarray(SEED_SIZE));
  return encodeOrderCode({ ...referenceOf(session, orderId), seed: secret.slice(0, SEED_SIZE), copy });
}
