import type { AccessRequest } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { ShowMore } from "../../components/ShowMore.tsx";
import { Time } from "../../components/Time.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { asking } from "../../lib/patient/asked.ts";
import { useAccessRequests } from "../../lib/patient/useAccessRequests.ts";
import { DeclineDialog } from "./DeclineDialog.tsx";

/** Requests drawn at once. */
const STEP = 10;

/** What doctors ask for; nothing while nobody asks. */
export function RequestsSection() {
  const { t } = useTranslation("access");
  const patient = usePatientAccount();
  const { data: hospitals } = useHospitals();
  const words = useCategoryWords();
  const { data = [], error, refetch } = useAccessRequests();
  const [limit, setLimit] = useState(STEP);
  const [declining, setDeclining] = useState<AccessRequest | null>(null);
  if (error) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (data.length === 0) return null;
  return (
    <section className="mt-4">
      <h2 className="mb-3">{t("requests.title")}</h2>
      <ul className="ck-list" aria-label={t("requests.title")}>
        {data.slice(0, limit).map((request) => {
          const { doctor, hospital, read, write, reason, time } = request;
          const name = staffName(hospitals, doctor) ?? shortHex(doctor);
          return (
            <li key={doctor} className="ck-wrap">
              <div className="ck-grow">
                <p className="ck-row-title">
                  <AccountName account={doctor} />
                </p>
                <p className="ck-meta">
                  <HospitalName id={hospital} />
                  {t("common:comma")}
                  <Time seconds={time} show="short" />
                </p>
                <p className="mb-1" dir="auto">
                  {reason}
                </p>
                {read > 0 && <p className="ck-meta">{t("requests.read", { categories: words(read) })}</p>}
                {write > 0 && <p className="ck-meta">{t("requests.add", { categories: words(write) })}</p>}
              </div>
              <div className="ck-end d-flex flex-wrap gap-2">
                <Link
                  className="btn btn-primary btn-sm"
                  to="/patient/access/new"
                  state={patient && asking(patient, { doctor, hospital, read, write })}
                  aria-label={t("requests.reviewOne", { name })}
                >
                  {t("requests.review")}
                </Link>
                <button
                  type="button"
                  className="btn btn-quiet btn-sm"
                  aria-label={t("requests.declineOne", { name })}
                  onClick={() => setDeclining(request)}
                >
                  {t("requests.decline")}
                </button>
              </div>
            </li>
          );
        })}
      </ul>
      <ShowMore shown={limit} total={data.length} onMore={() => setLimit(limit + STEP)} />
      {declining && <DeclineDialog request={declining} onClose={() => setDeclining(null)} />}
    </section>
  );
}
