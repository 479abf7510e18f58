import { useTranslation } from "react-i18next";
import type { Medicine } from "./lib/order.ts";

/** How much of a medicine is handed out, as "handed out 3 times: 60 tablets each". */
export function useAmountWords(): (medicine: Pick<Medicine, "quantity" | "fills">) => string {
  const { t } = useTranslation("doctor");
  return ({ quantity, fills }) => {
    const times = t("order.times", { count: fills });
    if (quantity === "") return times;
    return t("order.timesOf", { times, quantity: fills === 1 ? quantity : t("order.each", { quantity }) });
  };
}
