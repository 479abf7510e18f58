import { readDispensings, readOrders, type Order } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { usePatientAccount } from "../acting/acting.ts";
import { required } from "../session/required.ts";
import { useReadSession } from "../session/session.ts";

/** The prescriptions of the connected account as a patient, newest first. */
export function usePatientOrders() {
  const session = useReadSession();
  const address = usePatientAccount();
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "ofPatient", address ?? null],
    queryFn: async () => {
      if (!session || !address) throw new Error("no account");
      return (await readOrders(session.chain, { patient: address })).reverse();
    },
    enabled: session !== null && address !== undefined,
  });
}

/** What was handed out of orders, oldest first. */
export function useDispensings(orders: readonly Order[] | undefined) {
  const session = useReadSession();
  const ids = orders?.map(({ id }) => id) ?? [];
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "dispensings", ids],
    queryFn: () => readDispensings(required(session).chain, { orders: ids }),
    enabled: session !== null && ids.length > 0,
  });
}
