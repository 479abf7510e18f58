import { sameAddress, type KeptDraft } from "@chartkey/sdk";
import { usePatientAccount } from "../../lib/acting/acting.ts";

/** Whether a draft is for the chart of whoever looks. */
export function useIsOwnChart(): (draft: KeptDraft) => boolean {
  const account = usePatientAccount();
  return ({ patient }) => account !== undefined && sameAddress(account, patient);
}
