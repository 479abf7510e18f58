import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { HospitalName } from "../../components/AccountName.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { formatDateTime } from "../../lib/format/time.ts";
import type { Standing } from "../../lib/roles/roles.ts";
import { useReadSession } from "../../lib/session/session.ts";
import type { Address } from "viem";
import { rolesQuery } from "./explorerQueries.ts";

function StandingLine({ role, hospital, status, since }: Standing) {
  const { t } = useTranslation(["explorer", "common"]);
  const locale = useLocale();
  return (
    <li className="d-block">
      <p className="ck-row-title">{t(`common:role.${role}`)}</p>
      <p className="ck-meta">
        {hospital ? <HospitalName id={hospital.id} /> : t("common:standing.registry")}
        {" · "}
        {t(`common:standing.status.${status}`)}
        {since > 0 && ` · ${t("roles.since", { time: formatDateTime(since, locale) })}`}
      </p>
    </li>
  );
}

/** What an account is here, as far as the chain says it to everybody. */
export function Roles({ account }: { readonly account: Address }) {
  const { t } = useTranslation(["explorer", "common"]);
  const session = useReadSession();
  const { data, error, isPending, refetch } = useQuery(rolesQuery(session, account));
  const none = data && !data.auditor && data.standings.length === 0;
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("roles.title")}</h2>
      </header>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {isPending && <Loading />}
      {none && <p className="ck-2 ck-rule-t">{t("roles.none")}</p>}
      {data && !none && (
        <ul className="ck-list">
          {data.standings.map((standing) => (
            <StandingLine key={`${standing.role}/${standing.hospital?.id}`} {...standing} />
          ))}
          {data.auditor && (
            <li className="d-block">
              <p className="ck-row-title">{t("roles.auditor")}</p>
              <p className="ck-meta">{t("roles.auditorText")}</p>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
