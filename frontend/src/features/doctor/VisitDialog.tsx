import {
  advanceVisit,
  cancelVisit,
  markNoShow,
  type OnPhase,
  type Session,
  VISIT_TIMES,
  type Visit,
} from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { Trans, useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Address } from "../../components/Address.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { Notice } from "../../components/Notice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { GAP } from "../../lib/format/gap.ts";
import { useNow } from "../../lib/format/useNow.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import type { DoctorStep } from "./lib/steps.ts";
import { inForce, useGrantOf, usePatient } from "./usePatient.ts";

const phases = ["confirming", "mining"] as const;

interface VisitDialogProps {
  readonly visit: Visit;
  readonly step: DoctorStep;
  readonly onClose: () => void;
}

function send(session: Session, visit: Visit, step: DoctorStep, onPhase: OnPhase): Promise<void> {
  if (step === "cancel") return cancelVisit(session, visit, onPhase);
  if (step === "markNoShow") return markNoShow(session, visit, onPhase);
  return advanceVisit(session, visit, step, onPhase);
}

/** Moves a visit on: one sentence, one signature. */
export function VisitDialog({ visit, step, onClose }: VisitDialogProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const { name, reading } = usePatient(visit.patient);
  const unknown = name === undefined && !reading;
  const { run, reset, ...state } = useAction(async (onPhase) => {
    const acting = required(session);
    await send(acting, visit, step, onPhase);
    await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
    onClose();
  });
  // What the contract notes when the confirmation comes so late.
  const now = useNow(1);
  const late = now + VISIT_TIMES.notice > visit.start;
  const grant = useGrantOf(visit.patient);
  const callsOff = step === "decline" || step === "cancel";
  const mayWrite = grant && inForce(grant, now) && hasCategory(grant.write, 9);
  const nobody = t("step.unknown.sentence", { account: shortHex(visit.patient) });
  const values = { name: name ?? (reading ? GAP : nobody), when: formatVisitTime(visit.start, locale) };
  return (
    <Dialog title={t(`step.${step}.title`)} onClose={onClose}>
      {unknown && (
        <Notice className="mb-4" tone="warn" title={t("step.unknown.title")}>
          <p className="mb-1">{t("step.unknown.text")}</p>
          <Address value={visit.patient} full />
        </Notice>
      )}
      <SignedAction
        sentence={<Trans t={t} i18nKey={`step.${step}.sentence`} values={values} components={{ b: <strong /> }} />}
        limit={
          <>
            {step === "confirm" && late && <span className="d-block mb-2">{t("step.confirm.late")}</span>}
            {t(`step.${step}.${step === "markNoShow" && visit.feeGwei === 0n ? "limitFree" : "limit"}`)}
            {callsOff && mayWrite && (
              <>
                {" "}
                <Link to={`/doctor/patients/${visit.patient}/write/message`}>{t("step.why")}</Link>
              </>
            )}
          </>
        }
        label={t(`step.${step}.sign`)}
        stop={callsOff || step === "markNoShow"}
        // Nobody signs for a name that is still being looked for.
        blocked={name === undefined && reading ? t("step.unknown.reading") : undefined}
        phases={phases}
        state={state}
        onRun={() => void run()}
        onReset={reset}
      />
    </Dialog>
  );
}
