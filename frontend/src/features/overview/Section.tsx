import { useId, type ReactNode } from "react";
import { Link } from "react-router";

export interface SectionProps {
  readonly title: string;
  /** Where the rest is. */
  readonly more: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

/** A part of the overview, with the way to the whole. */
export function Section({ title, more, children }: SectionProps) {
  const id = useId();
  return (
    <section className="ck-sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <Link to={more.to}>{more.label}</Link>
      </header>
      {children}
    </section>
  );
}

/** Says that there is nothing, in the place of a list. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className="ck-rule-t ck-2 mb-0">{children}</p>;
}
