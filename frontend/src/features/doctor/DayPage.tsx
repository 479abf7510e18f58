import type { Visit } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { formatWeekday } from "../../lib/format/slotTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { isAhead } from "../../lib/patient/useVisits.ts";
import { DayStepper } from "./DayStepper.tsx";
import { DayTable } from "./DayTable.tsx";
import { dayStart, localDay, shiftDay } from "./lib/days.ts";
import type { DoctorStep } from "./lib/steps.ts";
import { NextVisits } from "./NextVisits.tsx";
import { MembershipNotice, NotActiveYet, useOwnHospitals } from "./Membership.tsx";
import { useDoctorVisits } from "./queries.ts";
import { VisitDialog } from "./VisitDialog.tsx";
import { dateFormat } from "../../lib/format/intl.ts";

/** The doctor's visits of one day, today's first. */
export default function DayPage() {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const [params, setParams] = useSearchParams();
  const now = useNow();
  const today = localDay(now);
  const wanted = params.get("day") ?? today;
  const day = Number.isNaN(dayStart(wanted)) ? today : wanted;
  const { data: visits, error, refetch } = useDoctorVisits();
  const own = useOwnHospitals();
  const waits = visits?.length === 0 && own?.length === 0;
  const [asked, setAsked] = useState<{ visit: Visit; step: DoctorStep } | null>(null);
  const ofDay = visits?.filter(({ start }) => localDay(start) === day) ?? [];
  const waiting = (visits ?? []).filter((visit) => visit.state === "requested" && isAhead(visit, now));
  const elsewhere = [...new Set(waiting.map(({ start }) => localDay(start)))].filter((each) => each !== day);
  const coming = (visits ?? []).filter((visit) => isAhead(visit, now) && localDay(visit.start) !== day);
  const [next] = coming;
  const show = (other: string) => setParams(other === today ? {} : { day: other }, { replace: true });
  const title = dateFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(dayStart(day) * 1000);
  const note = t("day.count", {
    count: ofDay.length,
    waiting: ofDay.filter((visit) => waiting.includes(visit)).length,
  });
  const actions = (
    <DayStepper
      previous={t("day.previous")}
      current={t("day.today")}
      next={t("day.next")}
      onStep={(step) => show(step === 0 ? today : shiftDay(day, step))}
    >
      <Link className="btn btn-plain" to={`/doctor/week?day=${day}`}>
        {t("day.toWeek")}
      </Link>
    </DayStepper>
  );
  return (
    <Page title={title} actions={actions} {...(visits ? { note } : {})}>
      <MembershipNotice />
      {elsewhere.length > 0 && (
        <Notice className="mt-4" tone="ink" title={t("day.elsewhere")}>
          {elsewhere.map((each) => (
            <Link key={each} className="me-3" to={`?day=${each}`} replace>
              {formatWeekday(dayStart(each), locale)}
            </Link>
          ))}
        </Notice>
      )}
      {error && !visits && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!visits && !error && <Loading />}
      {waits && <NotActiveYet page="day" />}
      {visits && ofDay.length === 0 && !waits && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("day.none")}
            text={t("day.noneText")}
            action={
              next
                ? { label: t("day.toNext"), to: `?day=${localDay(next.start)}` }
                : { label: t("day.setHours"), to: "/doctor/hours" }
            }
          />
        </div>
      )}
      {visits && ofDay.length === 0 && <NextVisits visits={coming} />}
      {ofDay.length > 0 && <DayTable visits={ofDay} onStep={(visit, step) => setAsked({ visit, step })} />}
      {asked && <VisitDialog {...asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}
