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
  rescheduled: ["plain", "slashCircle"],
  expired: ["plain", "dashCircle"],
  noShow: ["bad", "xCircle"],
};

interface VisitStateBadgeProps {
  readonly state: VisitState;
  /** Whether it is the reader who has to answer a request. */
  readonly answering?: boolean;
}

/** Where a visit stands. */
export function VisitStateBadge({ state, answering = false }: VisitStateBadgeProps) {
  const { t } = useTranslation();
  const [tone, icon] = looks[state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {answering && state === "requested" ? t("visitState.requestedOfYou") : t(`visitState.${state}`)}
    </StatusBadge>
  );
}
