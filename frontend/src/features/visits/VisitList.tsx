import { mayMove, type Visit } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { VisitStateBadge } from "../../components/VisitStateBadge.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { OwnWords } from "./OwnWords.tsx";

export interface VisitListProps {
  readonly label: string;
  readonly visits: readonly Visit[];
  readonly onCancel?: (visit: Visit) => void;
  readonly onMove?: (visit: Visit) => void;
}

/** Visits with their state in words. */
export function VisitList({ label, visits, onCancel, onMove }: VisitListProps) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const now = useNow();
  return (
    <ul className="ck-list" aria-label={label}>
      {visits.map((visit) => {
        const { id, round, doctor, hospital, start, state } = visit;
        const when = formatVisitTime(start, locale);
        const open = state === "requested" || state === "confirmed";
        return (
          <li key={`${id}|${round}`} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <time dateTime={new Date(start * 1000).toISOString()}>{when}</time>
              </p>
              <p className="ck-meta">
                <AccountName account={doctor} />
                {t("common:comma")}
                <HospitalName id={hospital} />
              </p>
              <OwnWords visit={visit} when={when} />
            </div>
            <div className="ck-end d-flex flex-wrap gap-3 align-items-center">
              <VisitStateBadge state={state} />
              {onMove && mayMove(visit, "reschedule", now) && (
                <button
                  type="button"
                  className="btn btn-quiet btn-sm"
                  aria-label={t("moveOne", { when })}
                  onClick={() => onMove(visit)}
                >
                  {t("move")}
                </button>
              )}
              {onCancel && open && (
                <button
                  type="button"
                  className="btn btn-plain btn-sm"
                  aria-label={t("cancelOne", { when })}
                  onClick={() => onCancel(visit)}
                >
                  {t("cancel")}
                </button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
