import type { Visit } from "@chartkey/sdk";
import { Link } from "react-router";
import { VisitStateBadge } from "../../components/VisitStateBadge.tsx";
import { formatClockMinutes } from "../../lib/format/slotTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { localDay } from "./lib/days.ts";
import { PatientName } from "./PatientName.tsx";

/** A visit of a week: when, who, where it stands; leads to its day, where it is answered. */
export function WeekVisit({ visit: { start, patient, state } }: { readonly visit: Visit }) {
  const locale = useLocale();
  return (
    <Link to={`/doctor?day=${localDay(start)}`} className="ck-week-visit">
      <time dateTime={new Date(start * 1000).toISOString()}>{formatClockMinutes(start, locale)}</time>{" "}
      <span className="ck-strong">
        <PatientName patient={patient} />
      </span>
      <span className="d-block ck-s">
        <VisitStateBadge state={state} answering />
      </span>
    </Link>
  );
}
