import type { OrderState } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import type { IconName } from "./icons.ts";
import { StatusBadge, type StatusTone } from "./StatusBadge.tsx";

const looks: Readonly<Record<OrderState, readonly [StatusTone, IconName]>> = {
  valid: ["ok", "checkCircle"],
  used: ["plain", "check"],
  ended: ["plain", "dashCircle"],
  cancelled: ["bad", "slashCircle"],
};

/** What may still happen with a prescription. */
export function OrderStateBadge({ state }: { readonly state: OrderState }) {
  const { t } = useTranslation();
  const [tone, icon] = looks[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(`orderState.${state}`)}
    </StatusBadge>
  );
}
