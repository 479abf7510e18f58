import type { SentState } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { contractAt } from "../chain/contracts.ts";
import { findDeployment } from "../chain/deployment.ts";
import type { LoggedTransaction } from "./log.ts";

/** Says to whoever signed a transaction what he did by it, and while it is not on the chain, what it is to do. */
export function useSentWords(): (transaction: LoggedTransaction, state: SentState | undefined) => string {
  const { t } = useTranslation(["sent", "contracts"]);
  return ({ chainId, to, functionName, about }, state) => {
    // Hospitals are contracts of their own, which no deployment lists.
    const contract = contractAt(findDeployment(chainId), to) ?? "Hospital";
    const call = `${contract}.${functionName}`;
    // What this app does not send itself has the words in which the explorer tells it.
    const form = `${state === "mined" ? "done" : "going"}.${call}`;
    // The same call may say less of nobody than of somebody: revoking nobody's access renews keys alone.
    const keys = [...(about === undefined ? [] : [`${form}About`]), form, `contracts:did.${call}`];
    return t(keys, { defaultValue: functionName });
  };
}
