import type { ReactNode } from "react";
import { StatusBadge } from "../../components/StatusBadge.tsx";

export interface FindingMarkProps {
  readonly ok: boolean;
  /** A sentence that says by itself what holds or does not. */
  readonly children: ReactNode;
}

/** Tick or finding beside the sentence that says it. */
export function FindingMark({ ok, children }: FindingMarkProps) {
  return (
    <StatusBadge tone={ok ? "ok" : "bad"} icon={ok ? "check" : "xCircle"}>
      {children}
    </StatusBadge>
  );
}
