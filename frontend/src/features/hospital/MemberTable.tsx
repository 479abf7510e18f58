import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { EmptyState, type EmptyAction } from "../../components/EmptyState.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import { matchesQuery } from "../../lib/format/search.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { ActivityDialog } from "./ActivityDialog.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import type { NamedMember } from "./queries.ts";
import { useRoleName } from "./useRoleName.ts";

const tones: Readonly<Record<NamedMember["status"], StatusTone>> = {
  none: "plain",
  requested: "wait",
  active: "ok",
  suspended: "bad",
  declined: "plain",
  left: "plain",
};

interface MemberTableProps {
  readonly hospital: ListedHospital;
  readonly kind: "staff" | "patients";
  readonly members: readonly NamedMember[];
  readonly empty: EmptyAction;
}

/** Members of one kind, to search, suspend and re-activate. */
export function MemberTable({ hospital, kind, members, empty }: MemberTableProps) {
  const { t } = useTranslation("hospital");
  const locale = useLocale();
  const roleName = useRoleName();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState<NamedMember | null>(null);
  const shown = members.filter(({ account, name, card, role, speciality }) =>
    matchesQuery(query, [account, name, card?.birthDate, card?.contact, roleName({ role, speciality })]),
  );
  const columns: readonly Column<NamedMember>[] = [
    { key: "name", header: t("table.name"), cell: ({ name }) => <bdi>{name ?? t("table.unnamed")}</bdi> },
    kind === "staff"
      ? { key: "role", header: t("table.role"), cell: roleName }
      : {
          key: "born",
          header: t("table.born"),
          cell: ({ card }) => (card?.birthDate ? formatFhirDate(card.birthDate, locale) : t("table.unknown")),
        },
    { key: "address", header: t("table.address"), cell: ({ account }) => <Address value={account} /> },
    {
      key: "since",
      header: t("table.since"),
      cell: ({ status, activeSince }) =>
        status !== "requested" && activeSince > 0 ? <Time seconds={activeSince} show="date" /> : t("table.notYet"),
    },
    {
      key: "state",
      header: t("table.state"),
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(`common:standing.status.${status}`)}</StatusBadge>,
    },
    {
      key: "action",
      header: t("table.action"),
      numeric: true,
      cell: (member) => (
        <button type="button" className="btn btn-quiet btn-sm" onClick={() => setOpened(member)}>
          {t(`table.act.${member.status}`)}
          <span className="visually-hidden"> {member.name ?? member.account}</span>
        </button>
      ),
    },
  ];
  return (
    <section className="ck-sec">
      <header className="align-items-center flex-wrap">
        <h2>{t(`${kind}.title`)}</h2>
        {members.length > 0 && <SearchField label={t(`${kind}.search`)} value={query} onChange={setQuery} />}
      </header>
      {members.length === 0 ? (
        <EmptyState kind="noData" level={3} title={t(`${kind}.none`)} text={t(`${kind}.noneText`)} action={empty} />
      ) : shown.length === 0 ? (
        <EmptyState
          kind="noData"
          level={3}
          title={t("table.noMatch")}
          text={t("table.noMatchText")}
          action={{ label: t("table.showAll"), onClick: () => setQuery("") }}
        />
      ) : (
        <DataTable caption={t(`${kind}.title`)} columns={columns} rows={shown} rowKey={({ account }) => account} />
      )}
      {kind === "staff" && members.length > 0 && <p className="ck-s ck-2 mt-3 ck-measure">{t("staff.note")}</p>}
      {opened &&
        (opened.status === "requested" ? (
          <ConfirmDialog hospital={hospital} member={opened} onClose={() => setOpened(null)} />
        ) : (
          <ActivityDialog hospital={hospital} member={opened} onClose={() => setOpened(null)} />
        ))}
    </section>
  );
}
