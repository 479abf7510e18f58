import type { Actor } from "@chartkey/sdk/records";
import { useMemo } from "react";
import { usePatientAccount } from "../acting/acting.ts";
import { shortHex } from "../format/address.ts";
import { ownProfile } from "./items.ts";
import { useChart } from "./useChart.ts";

/** The name in the patient's own profile; undefined until there is one. */
export function useOwnName(): string | undefined {
  const address = usePatientAccount();
  const { data } = useChart(address);
  return data && address ? ownProfile(data.items, address)?.name?.[0]?.text : undefined;
}

/** The patient, the connected one or the one acted for, as the records name him: the name of his own profile, else his short address. */
export function useOwnActor(): Actor {
  const address = usePatientAccount() ?? "";
  const name = useOwnName();
  return useMemo(() => ({ display: name ?? shortHex(address) }), [name, address]);
}
