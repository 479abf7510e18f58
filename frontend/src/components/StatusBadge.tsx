import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

/** ok: as it should be; wait: needs time or somebody; bad: a problem; ink: your move; plain: neither good nor bad. */
export type StatusTone = "ok" | "wait" | "bad" | "ink" | "plain";

const glyphs: Record<StatusTone, IconName> = {
  ok: "checkCircle",
  wait: "hourglassSplit",
  bad: "xCircle",
  ink: "wallet",
  plain: "dashCircle",
};

const classes: Record<StatusTone, string> = {
  ok: "is-ok",
  wait: "is-wait",
  bad: "is-bad",
  ink: "is-tint",
  plain: "",
};

export interface StatusBadgeProps {
  readonly tone: StatusTone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A state as icon, word and colour, in that order. */
export function StatusBadge({ tone, icon, children }: StatusBadgeProps) {
  return (
    <span className={`ck-mark ${classes[tone]}`}>
      <Icon name={icon ?? glyphs[tone]} />
      <span>{children}</span>
    </span>
  );
}
