import { readOrders, type Order } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useConnection } from "wagmi";
import { useReadSession } from "../session/session.ts";

/** What may still happen with an order. */
export type OrderState = "valid" | "used" | "ended" | "cancelled";

/** The state of an order at a moment in Unix seconds. */
export function orderState({ cancelled, expiry, remaining }: Order, now: number): OrderState {
  if (cancelled) return "cancelled";
  if (now >= expiry) return "ended";
  return remaining.some((count) => count > 0) ? "valid" : "used";
}

/** The prescriptions of the connected account as a patient, newest first. */
export function usePatientOrders() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "ofPatient", address ?? null],
    queryFn: async () => {
      if (!session || !address) throw new Error("no account");
      return (await readOrders(session.chain, { patient: address })).reverse();
    },
    enabled: session !== null && address !== undefined,
  });
}
