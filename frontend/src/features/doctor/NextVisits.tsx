import type { Visit } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { VisitStateBadge } from "../../components/VisitStateBadge.tsx";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { localDay } from "./lib/days.ts";
import { PatientName } from "./PatientName.tsx";
import { visitKey } from "./queries.ts";

const SHOWN = 3;

/** The visits that come next, each with the way to its day. Nothing when none is booked. */
export function NextVisits({ visits }: { readonly visits: readonly Visit[] }) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  if (visits.length === 0) return null;
  return (
    <section className="ck-gap">
      <h2 className="mb-3">{t("day.coming")}</h2>
      <ul className="ck-list">
        {visits.slice(0, SHOWN).map((visit) => (
          <li key={visitKey(visit)} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <Link to={`?day=${localDay(visit.start)}`}>
                  <time dateTime={new Date(visit.start * 1000).toISOString()}>
                    {formatVisitTime(visit.start, locale)}
                  </time>
                </Link>
              </p>
              <p className="ck-meta">
                <Link to={`/doctor/patients/${visit.patient}`}>
                  <PatientName patient={visit.patient} />
                </Link>
              </p>
            </div>
            <div className="ck-end">
              <VisitStateBadge state={visit.state} answering />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
