import type { Order } from "../chain/orders.ts";
import { cancelTypedData } from "../chain/dispensings.ts";
import { transact } from "../chain/transact.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import { capabilityOf } from "./dispense.ts";
import { decodeOrderCode } from "./order-code.ts";
import { type OnPhase, type UnlockedSession, watch } from "./session.ts";
import { showOrder } from "./show-order.ts";

/**
 * Cancels an order as its patient, without its prescriber: signed by the order's dispense key, which the patient alone has besides whom
 * he showed the code. Nothing is handed out on it any more, for good; what was handed out stays so.
 * Throws `ORDER_CODE_ALTERED`, and what `showOrder` and `transact` throw.
 */
export async function cancelOwnOrder(session: UnlockedSession, order: Order, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain, wallet } = session;
  const { id, dispenseKey, patient } = order;
  const capability = await capabilityOf(session, decodeOrderCode(await showOrder(session, patient, id)), order);
  const signature = await capability.signTypedData(cancelTypedData(chain, id));
  const call = {
    address: chain.deployment.prescriptions,
    abi: prescriptionsAbi,
    functionName: "cancelBySig",
    args: [id, dispenseKey, signature],
  } as const;
  await transact(chain, wallet, call, watch(onPhase));
  onPhase?.("done");
}
