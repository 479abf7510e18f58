import { useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { VisitStateBadge } from "../../components/VisitStateBadge.tsx";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { isAhead, usePatientVisits } from "../../lib/patient/useVisits.ts";
import { Nothing, Section } from "./Section.tsx";

/** The visit that comes next. */
export function NextVisit() {
  const { t } = useTranslation("overview");
  const locale = useLocale();
  const { data, error, refetch } = usePatientVisits();
  const now = useNow();
  const visit = data?.find((candidate) => isAhead(candidate, now));
  const calledOff = data?.filter(({ state, start }) => (state === "cancelled" || state === "declined") && start > now);
  return (
    <Section title={t("nextVisit")} more={{ to: "/patient/visits", label: t("allVisits") }}>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {calledOff?.map(({ id, round, start, state, doctor }) => (
        <Notice key={`${id}|${round}`} className="mb-3" live="status" title={t(`calledOff.${state}`)}>
          {formatVisitTime(start, locale)} · <AccountName account={doctor} />
        </Notice>
      ))}
      {data && !visit && <Nothing>{t("noVisit")}</Nothing>}
      {visit && (
        <div className="ck-rule-t d-flex flex-wrap justify-content-between gap-3 align-items-start">
          <div>
            <p className="ck-big">{formatVisitTime(visit.start, locale)}</p>
            <p className="mt-1 mb-0">
              <AccountName account={visit.doctor} />
            </p>
            <p className="ck-meta">
              <HospitalName id={visit.hospital} />
            </p>
          </div>
          <VisitStateBadge state={visit.state} />
        </div>
      )}
    </Section>
  );
}
