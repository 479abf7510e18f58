import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

export type EmptyKind = "noWallet" | "wrongNetwork" | "noContract" | "notRegistered" | "noData" | "noPermission";

const glyphs: Record<EmptyKind, IconName> = {
  noWallet: "wallet",
  wrongNetwork: "signpostSplit",
  noContract: "fileEarmarkX",
  notRegistered: "personX",
  noData: "inbox",
  noPermission: "lock",
};

/** The one thing to do: a button or a link. */
export type EmptyAction =
  | { readonly label: string; readonly onClick: () => void; readonly primary?: boolean }
  | { readonly label: string; readonly to: string; readonly primary?: boolean };

export interface EmptyStateProps {
  readonly kind: EmptyKind;
  /** Words other than the usual ones of the kind. */
  readonly title?: ReactNode;
  readonly text?: ReactNode;
  /** Values for the usual words: `current` and `wanted` chain, `address` of the contract, `category`. */
  readonly values?: Readonly<Record<string, string>>;
  readonly action?: EmptyAction;
  readonly level?: 1 | 2 | 3;
}

/** Says what is the case, why, and one thing to do. It is not an error. */
export function EmptyState({ kind, title, text, values = {}, action, level = 2 }: EmptyStateProps) {
  const { t } = useTranslation();
  const Heading = `h${level}` as const;
  const look = `btn ${action?.primary ? "btn-primary" : "btn-plain"}`;
  return (
    <section className="ck-empty">
      <Icon name={glyphs[kind]} />
      <Heading className="h2">{title ?? t(`empty.${kind}.title`, values)}</Heading>
      <p className="ck-measure">{text ?? t(`empty.${kind}.text`, values)}</p>
      {action &&
        ("to" in action ? (
          <Link className={look} to={action.to}>
            {action.label}
          </Link>
        ) : (
          <button type="button" className={look} onClick={action.onClick}>
            {action.label}
          </button>
        ))}
    </section>
  );
}
