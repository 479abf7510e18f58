import type { Visit } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DataTable, type Column } from "../../components/DataTable.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { VisitStateBadge } from "../../components/VisitStateBadge.tsx";
import { formatClockMinutes } from "../../lib/format/slotTime.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { stepsAt, type DoctorStep } from "./lib/steps.ts";
import { PatientName } from "./PatientName.tsx";
import { useDoctorVisits, useRequests, visitKey } from "./queries.ts";
import { VisitWords } from "./VisitWords.tsx";

interface DayTableProps {
  readonly visits: readonly Visit[];
  readonly onStep: (visit: Visit, step: DoctorStep) => void;
}

/** Time, patient, what the patient wrote, state, and what comes next. */
export function DayTable({ visits, onStep }: DayTableProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const now = useNow();
  const all = useDoctorVisits();
  const { data: requests, error, refetch } = useRequests(all.data);
  const reason = (visit: Visit) => {
    const request = requests?.get(visitKey(visit));
    return request ? <VisitWords request={request} /> : null;
  };
  const columns: readonly Column<Visit>[] = [
    {
      key: "time",
      header: t("day.time"),
      cell: ({ start }) => (
        <time dateTime={new Date(start * 1000).toISOString()}>{formatClockMinutes(start, locale)}</time>
      ),
    },
    {
      key: "patient",
      header: t("day.patient"),
      cell: ({ patient }) => (
        <Link to={`/doctor/patients/${patient}`} className="ck-strong link-body-emphasis">
          <PatientName patient={patient} />
        </Link>
      ),
    },
    { key: "reason", header: t("day.reason"), cell: reason },
    { key: "state", header: t("day.state"), cell: ({ state }) => <VisitStateBadge state={state} answering /> },
    {
      key: "action",
      header: t("day.action"),
      numeric: true,
      cell: (visit) => {
        const offered = stepsAt(visit, now);
        if (offered.length === 0) return null;
        return (
          <span className="ck-nowrap">
            {offered.map((step, index) => (
              <button
                key={step}
                type="button"
                className={`btn btn-sm ${index === offered.length - 1 ? "btn-plain" : "btn-quiet"}`}
                aria-label={t("step.of", {
                  step: t(`step.${step}.sign`),
                  time: formatClockMinutes(visit.start, locale),
                })}
                onClick={() => onStep(visit, step)}
              >
                {t(`step.${step}.sign`)}
              </button>
            ))}
          </span>
        );
      },
    },
  ];
  return (
    <div className="mt-5">
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      <DataTable
        className="ck-day"
        caption={t("day.caption")}
        columns={columns}
        rows={visits}
        rowKey={visitKey}
        isCurrent={({ state }) => state === "started"}
      />
    </div>
  );
}
