import { useTranslation } from "react-i18next";
import { sameAddress } from "@chartkey/sdk";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Time } from "../../components/Time.tsx";
import { shortHex } from "../../lib/format/address.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { useRecentChanges, type NamedMember } from "./queries.ts";
import { useRoleName } from "./useRoleName.ts";

interface RecentEventsProps {
  readonly hospital: ListedHospital;
  readonly members: readonly NamedMember[];
}

/** What changed last in the memberships, each with its transaction. */
export function RecentEvents({ hospital, members }: RecentEventsProps) {
  const { t } = useTranslation("hospital");
  const roleName = useRoleName();
  const { data, error, refetch } = useRecentChanges(hospital, members.length);
  const nameOf = (account: string) =>
    members.find((member) => sameAddress(member.account, account))?.name ?? shortHex(account);
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("events.title")}</h2>
      </header>
      {error && !data ? (
        <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
      ) : data?.length === 0 ? (
        <p className="ck-2 mb-0">{t("events.empty")}</p>
      ) : (
        <ul className="ck-list">
          {data?.map((change) => (
            <li key={`${change.transactionHash}${change.logIndex}`} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  {t(`events.${change.status}`)}: <bdi>{nameOf(change.account)}</bdi>
                </p>
                <p className="ck-meta">{roleName(change)}</p>
              </div>
              <p className="ck-end ck-s mb-0">
                <Link to={`/audit/tx/${change.transactionHash}`}>
                  <Time seconds={change.time} show="short" />
                </Link>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
