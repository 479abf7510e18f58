import { isOpen, sameAddress, type Emergency, type Outcome } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useConnection } from "wagmi";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { StatusBadge, type StatusTone } from "../../components/StatusBadge.tsx";
import { Time } from "../../components/Time.tsx";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { Words } from "./Words.tsx";

const tones: Readonly<Record<Outcome, StatusTone>> = {
  none: "wait",
  justified: "ok",
  questioned: "wait",
  unjustified: "bad",
};

export interface EmergencyFactsProps {
  readonly emergency: Emergency;
  /** Names the patient too, for the hospital's side. */
  readonly withPatient?: boolean;
}

/** Who opened an emergency, when, for how long, what for, why, and what came of it. */
export function EmergencyFacts({ emergency, withPatient = false }: EmergencyFactsProps) {
  const { t } = useTranslation("emergency");
  const words = useCategoryWords();
  const { address = "" } = useConnection();
  const now = useNow();
  const { hospital, number, patient, doctor, categories, openedAt, end, outcome, review } = emergency;
  // The report is for the patient and the hospital: it is not sealed to the doctor.
  const isOwn = sameAddress(doctor, address);
  return (
    <>
      <div className="d-flex flex-wrap justify-content-between gap-3 w-100">
        <div>
          <p className="ck-row-title">
            <AccountName account={doctor} />
          </p>
          <p className="ck-meta">
            <HospitalName id={hospital} />
            {t("common:comma")}
            {t("number", { number })}
          </p>
        </div>
        <div className="ck-end ck-s">
          {isOpen(emergency, now) ? (
            <span className="ck-strong">
              <StatusBadge tone="bad" icon="exclamationTriangle">
                {t("open")}
              </StatusBadge>{" "}
              <Countdown until={end} />
            </span>
          ) : (
            <StatusBadge tone={tones[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>
          )}
        </div>
      </div>
      <dl className="ck-def w-100 mt-2 mb-0">
        {withPatient && (
          <div className="ck-def-row">
            <dt>{t("fact.patient")}</dt>
            <dd>
              <AccountName account={patient} />
            </dd>
          </div>
        )}
        <div className="ck-def-row">
          <dt>{t("fact.time")}</dt>
          <dd>
            {t("fact.from")} <Time seconds={openedAt} show="short" /> {t("fact.to")} <Time seconds={end} show="short" />
          </dd>
        </div>
        <div className="ck-def-row">
          <dt>{t("fact.scope")}</dt>
          <dd>{words(categories)}</dd>
        </div>
        <div className="ck-def-row">
          <dt>{t("fact.reason")}</dt>
          <dd>
            <Words emergency={emergency} kind="reason" />
          </dd>
        </div>
        {review && (
          <div className="ck-def-row">
            <dt>{t("fact.review")}</dt>
            <dd>
              <AccountName account={review.reviewer} />
              {t("common:comma")}
              {t(`outcome.${outcome}`)}
              {review.report && !isOwn && <Words emergency={emergency} kind="report" />}
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}
