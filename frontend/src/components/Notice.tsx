import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

export type NoticeTone = "plain" | "ink" | "warn" | "bad";

const glyphs: Record<NoticeTone, IconName> = {
  plain: "infoCircle",
  ink: "infoCircle",
  warn: "exclamationTriangle",
  bad: "xCircle",
};

export interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly icon?: IconName;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** One button or link. */
  readonly action?: ReactNode;
  /** "alert" interrupts a screen reader, "status" waits; leave out for what was there from the start. */
  readonly live?: "alert" | "status";
  readonly className?: string;
}

/** Something to know before going on. Only a problem has a tinted ground. */
export function Notice({ tone = "plain", icon, title, children, action, live, className = "" }: NoticeProps) {
  return (
    <div className={`ck-note ${tone === "plain" ? "" : `is-${tone}`} ${className}`} role={live}>
      <Icon name={icon ?? glyphs[tone]} />
      <div className="d-flex flex-wrap align-items-center justify-content-between gap-3 w-100">
        <div className="ck-measure">
          {title && <strong className="d-block">{title}</strong>}
          {children}
        </div>
        {action}
      </div>
    </div>
  );
}
