import type { ReactNode } from "react";
import { Link } from "react-router";
import { Icon } from "./Icon.tsx";

/** The way to the list that a page belongs to, above its title. */
export function BackLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <p className="mb-2">
      <Link to={to} className="ck-tap gap-1">
        <Icon name="chevronLeft" directional />
        {children}
      </Link>
    </p>
  );
}
