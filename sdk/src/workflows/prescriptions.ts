import { type Address, type Hex, hexToBytes, parseEventLogs } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { ChartkeyError } from "../errors.ts";
import type { PayloadMeta } from "../crypto/payload.ts";
import { MAX_FILLS, MAX_MEDICINES, type Order, packCounts } from "../chain/orders.ts";
import { transact } from "../chain/transact.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import { readersFor } from "./readers.ts";
import { sealAndStore } from "./seal.ts";
import { type OnPhase, type Session, accountOf, signerOf, watch } from "./session.ts";

const MEDICATION = 4;

/** An order of up to eight medicines. */
export interface OrderDraft {
  meta: PayloadMeta;
  /** The order as FHIR: a Bundle with one MedicationRequest for each medicine. */
  data: Uint8Array;
  /** How often each medicine may be handed out, 1 to 127, in the order of the Bundle. */
  fills: number[];
  /** Unix seconds: first second at which nothing is handed out; at most 366 days ahead. */
  expiry: number;
}

/**
 * Signs one order: anchors it in the patient's ledger and makes it dispensable. The key that lets the patient have it dispensed is sealed
 * to the patient alone. Throws `ORDER_INVALID`, `KEY_MISSING`, `REVERT_RecordRegistry_NoAccess`, and what the store and `transact` throw.
 */
export async function prescribe(
  session: Session,
  patient: Address,
  order: OrderDraft,
  onPhase?: OnPhase,
): Promise<Hex> {
  onPhase?.("checking");
  const { fills, expiry, meta, data } = order;
  if (
    fills.length === 0 ||
    fills.length > MAX_MEDICINES ||
    fills.some((count) => !Number.isInteger(count) || count < 1 || count > MAX_FILLS)
  )
    throw new ChartkeyError(
      "ORDER_INVALID",
      `An order has 1 to ${MAX_MEDICINES} medicines, each handed out 1 to ${MAX_FILLS} times.`,
    );
  const { chain } = session;
  const author = signerOf(session);
  const readers = async () => (await readersFor(chain, patient, accountOf(session), [MEDICATION])).get(MEDICATION)!;
  onPhase?.("encrypting");
  const dispenseSecret = generatePrivateKey();
  const stored = await sealAndStore(session, {
    patient,
    author,
    category: MEDICATION,
    meta,
    data,
    readers,
    patientOnly: hexToBytes(dispenseSecret),
  });
  onPhase?.("uploading");
  const dispenseKey = privateKeyToAccount(dispenseSecret).address;
  const call = {
    address: chain.deployment.prescriptions,
    abi: prescriptionsAbi,
    functionName: "issue",
    args: [patient, stored.codec, stored.digest, stored.wraps, packCounts(fills), expiry, dispenseKey],
  } as const;
  const receipt = await transact(chain, session.wallet, call, watch(onPhase));
  const [issued] = parseEventLogs({ abi: prescriptionsAbi, eventName: "Issued", logs: receipt.logs });
  if (issued === undefined)
    throw new ChartkeyError("CHAIN_FAILED", "The node mined the transaction but shows no order. Ask another node.");
  onPhase?.("done");
  return issued.args.orderId;
}

/** Cancels an order, as its prescriber. */
export async function cancelOrder(session: Session, { id, dispenseKey }: Order, onPhase?: OnPhase): Promise<void> {
  const { prescriptions: address } = session.chain.deployment;
  await transact(
    session.chain,
    session.wallet,
    { address, abi: prescriptionsAbi, functionName: "cancel", args: [id, dispenseKey] },
    watch(onPhase),
  );
  onPhase?.("done");
}
