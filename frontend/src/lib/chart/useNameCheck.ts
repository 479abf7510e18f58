import { useState } from "react";
import { usePatientAccount } from "../acting/acting.ts";
import { ownProfile } from "./items.ts";
import { useChart } from "./useChart.ts";

/** Whether doctors can be told who somebody is, before he signs something that they are to act on. */
export interface NameCheck {
  /** The patient's own chart has no name: a doctor would see an address alone. */
  readonly nameless: boolean;
  /** He goes on without one all the same. */
  readonly accepted: boolean;
  readonly accept: (accepted: boolean) => void;
  /** Why it cannot be signed yet, as a key of `common:nameless.blocked`; undefined when nothing is against it. */
  readonly blocked: "reading" | "nameless" | undefined;
}

/** Looks for a name in the own chart. Where that cannot be read, as by a delegate, nothing is said and nothing held up. */
export function useNameCheck(): NameCheck {
  const patient = usePatientAccount();
  const { data, isLoading } = useChart(patient);
  const [accepted, accept] = useState(false);
  const nameless = data !== undefined && patient !== undefined && !ownProfile(data.items, patient)?.name?.[0]?.text;
  const blocked = isLoading ? "reading" : nameless && !accepted ? "nameless" : undefined;
  return { nameless, accepted, accept, blocked };
}
