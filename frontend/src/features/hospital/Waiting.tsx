import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Address } from "../../components/Address.tsx";
import { formatFhirDate } from "../../lib/format/fhirDate.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import type { NamedMember } from "./queries.ts";
import { useRoleName } from "./useRoleName.ts";

interface WaitingProps {
  readonly hospital: ListedHospital;
  readonly requests: readonly NamedMember[];
}

/** Who waits for a confirmation. */
export function Waiting({ hospital, requests }: WaitingProps) {
  const { t } = useTranslation("hospital");
  const locale = useLocale();
  const roleName = useRoleName();
  const [opened, setOpened] = useState<NamedMember | null>(null);
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("waiting.title")}</h2>
      </header>
      {requests.length === 0 ? (
        <p className="ck-2 mb-0">{t("waiting.none")}</p>
      ) : (
        <ul className="ck-list">
          {requests.map((member) => (
            <li key={member.account} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  <bdi>{member.name ?? t("table.unnamed")}</bdi>{" "}
                  <span className="ck-2 fw-normal">{roleName(member)}</span>
                </p>
                <div className="ck-meta d-flex flex-wrap align-items-center column-gap-2">
                  {member.card?.birthDate && (
                    <span>{t("waiting.born", { date: formatFhirDate(member.card.birthDate, locale) })}</span>
                  )}
                  <Address value={member.account} />
                  <span>{t("dialog.compare")}</span>
                </div>
              </div>
              <div className="ck-end">
                <button type="button" className="btn btn-plain btn-sm" onClick={() => setOpened(member)}>
                  {t("table.act.requested")}
                  <span className="visually-hidden"> {member.name ?? member.account}</span>
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {opened && <ConfirmDialog hospital={hospital} member={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}
