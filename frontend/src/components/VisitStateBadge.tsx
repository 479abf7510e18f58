import type { VisitState } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import type { IconName } from "./icons.ts";
import { StatusBadge, type StatusTone } from "./StatusBadge.tsx";

const looks: Readonly<Record<VisitState, readonly [StatusTone, IconName]>> = {
  none: ["plain", "dashCircle"],
  requested: ["wait", "hourglassSplit"],
  confirmed: ["ok", "checkCircle"],
  started: ["ink", "clipboardPulse"],
  completed: ["plain", "check"],
  cancelled: ["plain", "slashCircle"],
  declined: ["bad", "xCircle"],
};

/** Where a visit stands. */
export function VisitStateBadge({ state }: { readonly state: VisitState }) {
  const { t } = useTranslation();
  const [tone, icon] = looks[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {t(`visitState.${state}`)}
    </StatusBadge>
  );
}
