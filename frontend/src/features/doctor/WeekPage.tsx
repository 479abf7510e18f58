import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useNarrow } from "../../lib/useNarrow.ts";
import { DayStepper } from "./DayStepper.tsx";
import { dayStart, localDay, shiftDay } from "./lib/days.ts";
import { visitsIn, weekOf } from "./lib/week.ts";
import { MembershipNotice } from "./Membership.tsx";
import { useDoctorVisits } from "./queries.ts";
import { WeekList, WeekTable } from "./WeekTable.tsx";
import { dateFormat } from "../../lib/format/intl.ts";

/** The doctor's visits of one week, this week's first. */
export default function WeekPage() {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const narrow = useNarrow();
  const [params, setParams] = useSearchParams();
  const today = localDay(useNow());
  const wanted = params.get("day") ?? today;
  const day = Number.isNaN(dayStart(wanted)) ? today : wanted;
  const days = weekOf(day, locale);
  const { data, error, refetch } = useDoctorVisits();
  const visits = data && visitsIn(days, data);
  const title = dateFormat(locale, { day: "numeric", month: "long", year: "numeric" }).formatRange(
    dayStart(days[0]!) * 1000,
    dayStart(days.at(-1)!) * 1000,
  );
  const step = (by: -1 | 0 | 1) => setParams(by === 0 ? {} : { day: shiftDay(day, by * 7) }, { replace: true });
  const Week = narrow ? WeekList : WeekTable;
  return (
    <Page
      title={title}
      actions={
        <DayStepper previous={t("week.previous")} current={t("week.current")} next={t("week.next")} onStep={step}>
          <Link className="btn btn-plain" to={`/doctor?day=${day}`}>
            {t("week.toDay")}
          </Link>
        </DayStepper>
      }
      {...(visits ? { note: t("week.count", { count: visits.length }) } : {})}
    >
      <MembershipNotice />
      {error && !visits && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!visits && !error && <Loading />}
      {visits?.length === 0 && (
        <div className="mt-5">
          <EmptyState
            kind="noData"
            title={t("week.none")}
            text={t("day.noneText")}
            action={{ label: t("day.setHours"), to: "/doctor/hours" }}
          />
        </div>
      )}
      {visits && visits.length > 0 && (
        <div className="mt-5">
          <Week days={days} today={today} visits={visits} />
        </div>
      )}
    </Page>
  );
}
