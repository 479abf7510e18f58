import { useTranslation } from "react-i18next";
import { accountFault } from "./typedAccount.ts";

/** What is wrong with a typed account, in words; undefined when nothing is, or nothing was typed. */
export function useAccountFault(): (typed: string) => string | undefined {
  const { t } = useTranslation();
  return (typed) => {
    const found = accountFault(typed);
    return found ? t(`account.fault.${found.fault}`, { digits: found.digits }) : undefined;
  };
}
