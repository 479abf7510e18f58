import type { ConsentAudit, ConsentChange } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { consentStates, kindOf, type ConsentState } from "./lib/consentStates.ts";
import { BlockLink, CategoryWords, Person } from "./Words.tsx";

interface Row {
  readonly number: number;
  readonly change: ConsentChange;
  readonly state: ConsentState;
}

const tones: Readonly<Record<ConsentState["kind"], StatusTone>> = {
  open: "ok",
  expired: "plain",
  ended: "plain",
  replaced: "plain",
  end: "plain",
};

export interface ConsentTableProps {
  readonly consent: ConsentAudit;
  /** Unix seconds as of which a grant has run out or not. */
  readonly now: number;
}

/** Every change of consent: who, what, until when, and what became of it. */
export function ConsentTable({ consent, now }: ConsentTableProps) {
  const { t } = useTranslation("audit");
  const locale = useLocale();
  const states = consentStates(consent.changes, now);
  const rows = consent.changes.map((change, index): Row => {
    return { number: index + 1, change, state: states[index] ?? { kind: "open" } };
  });
  const columns: readonly Column<Row>[] = [
    {
      key: "number",
      header: t("entry.number"),
      cell: ({ number, change }) => (
        <span>
          <span className="ck-tnum d-block">{number.toLocaleString(locale)}</span>
          <BlockLink number={change.blockNumber} />
        </span>
      ),
    },
    { key: "change", header: t("consent.change"), cell: ({ change }) => t(`consent.kind.${kindOf(change, consent)}`) },
    {
      key: "who",
      header: t("consent.who"),
      cell: ({ change }) => <Person account={change.grantee} hospital={change.hospital} />,
    },
    {
      key: "read",
      header: t("consent.read"),
      cell: ({ change }) => change.kind === "grant" && <CategoryWords mask={change.read} />,
    },
    {
      key: "write",
      header: t("consent.write"),
      cell: ({ change }) => change.kind === "grant" && <CategoryWords mask={change.write} />,
    },
    {
      key: "until",
      header: t("consent.until"),
      cell: ({ change }) => change.kind === "grant" && <Time seconds={change.expiry} show="short" />,
    },
    {
      key: "state",
      header: t("consent.state"),
      cell: ({ state }) =>
        state.kind !== "end" && (
          <StatusBadge tone={tones[state.kind]}>
            {t(`consent.became.${state.kind}`, { number: "by" in state ? state.by.toLocaleString(locale) : "" })}
          </StatusBadge>
        ),
    },
  ];
  return (
    <DataTable
      caption={t("consent.caption")}
      className="ck-blocks"
      columns={columns}
      rows={rows}
      rowKey={({ number }) => String(number)}
    />
  );
}
