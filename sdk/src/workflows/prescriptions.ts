import { type Address, type Hex, bytesToHex, hexToBytes } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import { type Bytes, concat, randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import type { PayloadContext } from "../crypto/context.ts";
import { SEED_SIZE, copyKey, dispenseSecret } from "../crypto/dispense-key.ts";
import { type PayloadMeta, sealPayload } from "../crypto/payload.ts";
import { MAX_FILLS, MAX_MEDICINES, type Order, packCounts } from "../chain/orders.ts";
import { transact } from "../chain/transact.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import { pharmacyCopy, readOrderContent } from "../records/order-content.ts";
import { referenceOf } from "../storage/cid.ts";
import { PUBLIC_FILE, categoryFile } from "../storage/scope.ts";
import { payloadJson } from "./payload-json.ts";
import { send } from "./deliver.ts";
import { MEDICATION, type Parcel } from "./parcel.ts";
import { type OnPhase, type Session, payloadContext, signerOf, watch } from "./session.ts";

/** An order of up to eight medicines. */
export interface OrderDraft {
  meta: PayloadMeta;
  /** The order as FHIR: a Bundle with one MedicationRequest for each medicine. */
  data: Uint8Array;
  /** The patient's date of birth (FHIR date), for the pharmacy's copy: a pharmacist checks by it whom he serves. */
  birthDate?: string;
  /** How often each medicine may be handed out, 1 to 127, in the order of the Bundle. */
  fills: number[];
  /** Unix seconds: first second at which nothing is handed out; at most 366 days ahead. */
  expiry: number;
}

/** The pharmacy's copy of an order, sealed, and what opens it. */
interface SealedCopy {
  bytes: Bytes;
  dispenseKey: Address;
  /** Seed (32 bytes) and digest of the sealed copy (32 bytes): for the patient alone. */
  secret: Bytes;
}

async function sealCopy({ data, birthDate }: OrderDraft, context: PayloadContext, count: number): Promise<SealedCopy> {
  const content = readOrderContent(payloadJson(data));
  if (content.medicines.length !== count) throw invalid();
  const { patient } = content;
  const dated = patient === undefined || birthDate === undefined ? {} : { patient: { ...patient, birthDate } };
  const seed = randomBytes(SEED_SIZE);
  const meta = { contentType: "application/fhir+json" };
  const copy = canonicalBytes(pharmacyCopy({ ...content, ...dated }));
  const bytes = await sealPayload(await copyKey(seed, context), context, meta, copy);
  const { digest } = await referenceOf(bytes);
  const dispenseKey = privateKeyToAddress(bytesToHex(await dispenseSecret(seed, context, digest)));
  return { bytes, dispenseKey, secret: concat(seed, hexToBytes(digest)) };
}

function invalid(): ChartkeyError {
  return new ChartkeyError(
    "ORDER_INVALID",
    `An order has 1 to ${MAX_MEDICINES} medicines, each named and handed out 1 to ${MAX_FILLS} times.`,
  );
}

function checkFills(fills: number[]): void {
  const isCount = (count: number) => Number.isInteger(count) && count >= 1 && count <= MAX_FILLS;
  if (fills.length === 0 || fills.length > MAX_MEDICINES || !fills.every(isCount)) throw invalid();
}

/**
 * Signs one order: anchors it in the patient's ledger and makes it dispensable. A copy for the pharmacy, with the medicines alone, is
 * sealed under a fresh seed and stored for everybody; what opens it and has it dispensed is sealed to the patient alone.
 * Throws `ORDER_INVALID`, `ORDER_UNREADABLE`, `REVERT_RecordRegistry_NoAccess`, and what `deliver` throws.
 */
export async function prescribe(
  session: Session,
  patient: Address,
  order: OrderDraft,
  onPhase?: OnPhase,
): Promise<Hex> {
  onPhase?.("checking");
  const { fills, expiry, meta, data } = order;
  checkFills(fills);
  const author = signerOf(session);
  onPhase?.("encrypting");
  const context = payloadContext(session, patient, author, MEDICATION);
  const { bytes: copy, dispenseKey, secret } = await sealCopy(order, context, fills.length);
  const key = randomBytes(32);
  const bytes = await sealPayload(key, context, meta, data);
  const scope = categoryFile(patient, MEDICATION);
  const files = [
    { bytes, scope },
    { bytes: copy, scope: PUBLIC_FILE },
  ];
  const parcel: Parcel = {
    ...{ patient, author, scope, files, payload: await referenceOf(bytes), patientOnly: secret },
    keys: [{ category: MEDICATION, key }],
    anchoring: { kind: "order", counts: String(packCounts(fills)), expiry, dispenseKey },
  };
  return send(session, parcel, { onPhase });
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
