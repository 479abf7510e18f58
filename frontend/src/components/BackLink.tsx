import type { ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "./Icon.tsx";

interface BackLinkProps {
  readonly to: string;
  /** What the page there is told. */
  readonly state?: unknown;
  readonly children: ReactNode;
}

/** The way to the list that a page belongs to, above its title. */
export function BackLink({ to, state, children }: BackLinkProps) {
  return (
    <p className="mb-2">
      <Link to={to} state={state} className="ck-tap gap-1">
        <Icon name="chevronLeft" directional />
        {children}
      </Link>
    </p>
  );
}
