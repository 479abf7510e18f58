import type { Address } from "viem";
import { ChartkeyError } from "../errors.ts";
import { type Accreditation, readHospital } from "../chain/hospitals.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { type Order, type OrderState, orderState, readOrder } from "../chain/orders.ts";
import { type PrescriberStanding, readPrescriberStanding } from "../chain/prescriber.ts";
import { type OrderReference, decodeOrderReference } from "./order-code.ts";
import { type HospitalProfile, readProfile } from "./profile.ts";
import { type ReadSession, sameAddress } from "./session.ts";

const MEDICATION = 4;

/** An order as the chain proves it. */
export interface CheckedOrder {
  order: Order;
  /** Its place in the patient's ledger, which was recomputed to the head. */
  entry: AnchoredEntry;
  standing: PrescriberStanding;
}

/** Throws `ORDER_WRONG_CHAIN` when a code is for another chain or deployment than the session's. */
export function requireSameChain({ chain }: ReadSession, { chainId, prescriptions }: OrderReference): void {
  if (chainId !== chain.id || !sameAddress(prescriptions, chain.deployment.prescriptions))
    throw new ChartkeyError(
      "ORDER_WRONG_CHAIN",
      "This code is for another chain, or for other contracts, than this program uses. Nothing was checked.",
      { details: { chainId, prescriptions } },
    );
}

/**
 * Checks an order against the chain: it was issued, stands in its patient's unbroken ledger, in its prescriber's name, and he was active
 * with access then. Throws `ORDER_WRONG_CHAIN`, `ORDER_UNKNOWN`, `ORDER_UNFOUNDED`, `LEDGER_BROKEN`, `LEDGER_INCOMPLETE`, `CHAIN_FAILED`.
 */
export async function checkOrder(session: ReadSession, reference: OrderReference): Promise<CheckedOrder> {
  const { chain } = session;
  requireSameChain(session, reference);
  const order = await readOrder(chain, reference.orderId);
  const { entries } = await readLedger(chain, order.patient);
  const entry = entries.find(({ recordId }) => recordId === order.id);
  if (entry === undefined || !isOf(entry, order)) throw unfounded(order);
  const standing = await readPrescriberStanding(chain, order, entry.time);
  if (!standing.wasActive || !standing.hadAccess) throw unfounded(order);
  return { order, entry, standing };
}

function isOf({ kind, categories, author, hospital }: AnchoredEntry, order: Order): boolean {
  const byPrescriber = sameAddress(author, order.prescriber) && hospital === order.hospital;
  return kind === "entry" && categories === MEDICATION && byPrescriber;
}

function unfounded({ id }: Order): ChartkeyError {
  return new ChartkeyError(
    "ORDER_UNFOUNDED",
    "The node does not show what this prescription rests on: its entry, or that its prescriber was active with access. Ask another node.",
    { details: { orderId: id } },
  );
}

/** What anybody may know of a prescription: not for whom, and no medicine. */
export interface VerifiedOrder {
  state: OrderState;
  /** Unix seconds. */
  issued: number;
  /** Unix seconds: first second at which nothing is handed out. */
  expiry: number;
  blockNumber: bigint;
  prescriber: {
    account: Address;
    /** From the hospital's public staff directory. */
    name?: string;
    speciality: number;
    /** Whether he is active there now: an order stays good when he is not. */
    isActive: boolean;
  };
  hospital: { id: number; name?: string; accreditation: Accreditation };
  /** For each medicine, by its place: how often it was prescribed, and how often it may still be handed out. */
  counts: { prescribed: number; remaining: number }[];
}

/**
 * Verifies a prescription by its public code, without a wallet and without revealing the medicine.
 * Throws `ORDER_CODE_MALFORMED` and what `checkOrder` throws.
 * @param now Unix seconds.
 */
export async function verifyOrder(
  session: ReadSession,
  text: string,
  now = Math.floor(Date.now() / 1000),
): Promise<VerifiedOrder> {
  const { order, entry, standing } = await checkOrder(session, decodeOrderReference(text));
  const hospital = await readHospital(session.chain, order.hospital);
  const profile = await profileOf(session, hospital);
  const listed = profile?.staff.find(({ account }) => sameAddress(account, order.prescriber));
  return {
    state: orderState(order, now),
    issued: entry.time,
    expiry: order.expiry,
    blockNumber: entry.blockNumber,
    prescriber: {
      account: order.prescriber,
      ...(listed === undefined ? {} : { name: listed.name }),
      speciality: standing.speciality,
      isActive: standing.isActive,
    },
    hospital: {
      id: hospital.id,
      ...(profile === undefined ? {} : { name: profile.name }),
      accreditation: hospital.accreditation,
    },
    counts: countsOf(order),
  };
}

/** How often each medicine was prescribed, and how often it may still be handed out. */
export function countsOf({ fills, remaining }: Order): { prescribed: number; remaining: number }[] {
  return fills.flatMap((prescribed, place) =>
    prescribed > 0 ? [{ prescribed, remaining: remaining[place] ?? 0 }] : [],
  );
}

/** Undefined when no store has it: names are a help, the chain is the proof. */
async function profileOf(session: ReadSession, hospital: Parameters<typeof readProfile>[1]) {
  return readProfile(session, hospital).catch((error: unknown): HospitalProfile | undefined => {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  });
}
