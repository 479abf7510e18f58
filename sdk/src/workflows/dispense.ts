import { bytesToHex } from "viem";
import { type LocalAccount, privateKeyToAccount } from "viem/accounts";
import { ChartkeyError } from "../errors.ts";
import { copyKey, dispenseSecret } from "../crypto/dispense-key.ts";
import { openPayload } from "../crypto/payload.ts";
import { dispenseTypedData, readDispensings } from "../chain/dispensings.ts";
import { type Order, packCounts, readOrder } from "../chain/orders.ts";
import { transact } from "../chain/transact.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import { type OrderContent, readOrderContent } from "../records/order-content.ts";
import { PUBLIC_FILE } from "../storage/scope.ts";
import { payloadJson } from "./payload-json.ts";
import { type CheckedOrder, checkOrder, countsOf } from "./order-check.ts";
import { type OrderCode, decodeOrderCode } from "./order-code.ts";
import {
  type OnPhase,
  type ReadSession,
  type Session,
  payloadContext,
  sameAddress,
  signerOf,
  watch,
} from "./session.ts";

const MEDICATION = 4;

/** A prescription that a pharmacist may dispense: what the chain proves, and what its prescriber wrote for the pharmacy. */
export interface OpenedOrder extends CheckedOrder {
  content: OrderContent;
  /** Signs capabilities. Kept in memory until the order is done with. */
  capability: LocalAccount;
}

/**
 * Opens a patient's pharmacy code: checks the order against the chain, and reads the pharmacy copy to which its prescriber committed
 * himself. An order that is used up, expired or cancelled is opened too, to say so.
 * Throws `ORDER_CODE_MALFORMED`, `ORDER_CODE_ALTERED`, `ORDER_UNREADABLE`, and what `checkOrder`, `openPayload` and the store throw.
 */
export async function openOrderCode(session: ReadSession, text: string): Promise<OpenedOrder> {
  const code = decodeOrderCode(text);
  const checked = await checkOrder(session, code);
  const capability = await capabilityOf(session, code, checked.order);
  return { ...checked, content: await readCopy(session, code, checked.order), capability };
}

/** The order's signing key. It does not come out of a seed or a copy other than its prescriber's. Throws `ORDER_CODE_ALTERED`. */
export async function capabilityOf(
  session: ReadSession,
  { seed, copy }: OrderCode,
  order: Order,
): Promise<LocalAccount> {
  const secret = await dispenseSecret(seed, contextOf(session, order), copy);
  const capability = privateKeyToAccount(bytesToHex(secret));
  if (!sameAddress(capability.address, order.dispenseKey))
    throw new ChartkeyError(
      "ORDER_CODE_ALTERED",
      "This code does not belong to the prescription that it names: it was altered. Ask the patient for the code from their own app.",
      { details: { orderId: order.id } },
    );
  return capability;
}

async function readCopy(session: ReadSession, { seed, copy }: OrderCode, order: Order): Promise<OrderContent> {
  const context = contextOf(session, order);
  const sealed = await session.store.getDocument(copy, PUBLIC_FILE);
  const content = readOrderContent(
    payloadJson((await openPayload(await copyKey(seed, context), context, sealed)).data),
  );
  if (content.medicines.length !== countsOf(order).length)
    throw new ChartkeyError(
      "ORDER_UNREADABLE",
      "The prescription names another number of medicines than was signed. Ask its doctor to write it again.",
    );
  return content;
}

function contextOf(session: ReadSession, { patient, prescriber }: Order) {
  return payloadContext(session, patient, prescriber, MEDICATION);
}

/**
 * Dispenses as an active pharmacist of `hospital`: signs the order's capability for exactly this pharmacist, these amounts and what the
 * pharmacist saw to remain, and sends it. Throws `ORDER_OUTRUN` when somebody else dispensed meanwhile, `REVERT_Prescriptions_*`, and
 * what `transact` throws.
 * @param amounts fills of each medicine, by its place; 0 for what is not handed out.
 * @returns the order with what remains.
 */
export async function dispense(
  session: Session,
  { order, capability }: Pick<OpenedOrder, "order" | "capability">,
  { hospital, amounts }: { hospital: number; amounts: number[] },
  onPhase?: OnPhase,
): Promise<Order> {
  onPhase?.("checking");
  const { chain, wallet } = session;
  const { id, dispenseKey, remaining } = order;
  const [pharmacist, counts] = [signerOf(session), packCounts(amounts)];
  const typed = dispenseTypedData(chain, { order: id, pharmacist, amounts, remaining });
  const signature = await capability.signTypedData(typed);
  const call = {
    address: chain.deployment.prescriptions,
    abi: prescriptionsAbi,
    functionName: "dispense",
    args: [id, dispenseKey, hospital, counts, signature],
  } as const;
  try {
    await transact(chain, wallet, call, watch(onPhase));
  } catch (error) {
    throw (await outrunBy(session, order)) ?? error;
  }
  onPhase?.("done");
  return readOrder(chain, id);
}

/** The error that says who was faster and what remains; undefined when nobody was. */
async function outrunBy({ chain }: ReadSession, seen: Order): Promise<ChartkeyError | undefined> {
  const now = await readOrder(chain, seen.id);
  if (packCounts(now.remaining) === packCounts(seen.remaining)) return undefined;
  const { pharmacist: by, hospital, time, blockNumber } = (await readDispensings(chain, { orders: [seen.id] })).at(-1)!;
  const left = countsOf(now).map(({ prescribed, remaining }) => `${remaining} of ${prescribed}`);
  return new ChartkeyError(
    "ORDER_OUTRUN",
    `Pharmacist ${by} of hospital ${hospital} was faster: nothing was recorded for you. What remains now: ${left.join(", ")}. Do not hand out more.`,
    { details: { by, hospital, time, blockNumber, order: now } },
  );
}
