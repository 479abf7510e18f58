import { bookAppointment, utf8, type FreeSlot, type OnPhase } from "@chartkey/sdk";
import { buildSymptoms, canonicalJson } from "@chartkey/sdk/records";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { Trans, useTranslation } from "react-i18next";
import { NamelessNotice } from "../../components/NamelessNotice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useNameCheck } from "../../lib/chart/useNameCheck.ts";
import { useOwnActor } from "../../lib/chart/useOwnActor.ts";
import { errorCode } from "../../lib/errors/code.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatFee } from "../../lib/format/fee.ts";
import { shortHex } from "../../lib/format/address.ts";
import { formatVisitTime } from "../../lib/format/visitTime.ts";
import type { ListedDoctor } from "../../lib/hospitals/useDoctors.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { questions, type Answers } from "./symptoms.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

export interface BookActionProps {
  readonly doctor: ListedDoctor | undefined;
  readonly slot: FreeSlot | null;
  readonly answers: Answers;
  /** Somebody else was faster, or the fee has changed: the free times have to be read again. */
  readonly onTaken: () => void;
  readonly onBooked: () => void;
}

/** The sentence and the button that book. */
export function BookAction({ doctor, slot, answers, onTaken, onBooked }: BookActionProps) {
  const { t } = useTranslation("visits");
  const locale = useLocale();
  const session = useSession();
  const client = useQueryClient();
  const actor = useOwnActor();
  const check = useNameCheck();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, to: ListedDoctor, { day, slot: quarter, feeGwei }: FreeSlot, words: Answers) => {
        const acting = required(session);
        const asked = questions.map(({ name }) => ({ question: t(`question.${name}`), answer: words[name] }));
        const date = new Date().toISOString();
        const symptoms = buildSymptoms({ patient: actor, author: actor, date, answers: asked });
        const booking = { hospital: to.hospital, doctor: to.account, day, slot: quarter, feeGwei };
        const meta = { contentType: "application/fhir+json" };
        await bookAppointment(acting, booking, meta, utf8(canonicalJson(symptoms)), onPhase);
        await client.invalidateQueries({ queryKey: visitsKey(acting.chain.id) });
      },
      [actor, client, session, t],
    ),
  );
  async function book() {
    if (doctor && slot && (await action.run(doctor, slot, answers))) onBooked();
  }
  function reset() {
    if (/Slot|WrongFee/.test(errorCode(action.error).code)) onTaken();
    action.reset();
  }
  const blocked = !doctor
    ? t("missing.doctor")
    : !slot
      ? t("missing.time")
      : answers.trouble.trim() === ""
        ? t("missing.trouble")
        : check.blocked && t(`common:nameless.blocked.${check.blocked}`);
  const values = {
    name: doctor ? (doctor.name ?? shortHex(doctor.account)) : GAP,
    hospital: doctor ? (doctor.hospitalName ?? t("common:standing.hospital", { id: doctor.hospital })) : GAP,
    when: slot ? formatVisitTime(slot.start, locale) : GAP,
  };
  return (
    <>
      <NamelessNotice check={check} form="/patient/visits/new" />
      <SignedAction
        sentence={<Trans t={t} i18nKey="form.sentence" values={values} components={{ b: <strong /> }} />}
        limit={
          <>
            {slot !== null && slot.feeGwei > 0n && (
              <span className="d-block mb-2">{t("form.fee", { fee: formatFee(slot.feeGwei) })}</span>
            )}
            {t("form.limit")}
          </>
        }
        label={t("form.action")}
        state={action}
        onRun={() => void book()}
        onReset={reset}
        phases={phases}
        blocked={blocked}
      />
    </>
  );
}
