import { useTranslation } from "react-i18next";
import { contractAt } from "../chain/contracts.ts";
import { findDeployment } from "../chain/deployment.ts";
import type { LoggedTransaction } from "./log.ts";

/** Says in words what a transaction was to do, in the words in which the explorer tells it. */
export function useSentWords(): (transaction: LoggedTransaction) => string {
  const { t } = useTranslation("contracts");
  return ({ chainId, to, functionName }) => {
    // Hospitals are contracts of their own, which no deployment lists.
    const contract = contractAt(findDeployment(chainId), to) ?? "Hospital";
    return t(`did.${contract}.${functionName}`, { defaultValue: functionName });
  };
}
