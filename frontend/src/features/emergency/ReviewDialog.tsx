import { OUTCOMES, reviewEmergency, type Emergency, type OnPhase, type Outcome } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["encrypting", "uploading", "confirming", "mining"] as const;
const outcomes = OUTCOMES.filter((outcome) => outcome !== "none");

/** Judges an emergency, once and for good: an outcome, a report if there is something to say, one signature. */
export function ReviewDialog({ emergency, onClose }: { readonly emergency: Emergency; readonly onClose: () => void }) {
  const { t } = useTranslation("emergency");
  const session = useSession();
  const client = useQueryClient();
  const { data: hospitals } = useHospitals();
  const form = useForm({ defaultValues: { outcome: "", report: "" } });
  const { outcome: chosen = "", report = "" } = useWatch({ control: form.control });
  const outcome = outcomes.find((each) => each === chosen);
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, judged: Exclude<Outcome, "none">, words: string) => {
        const acting = required(session);
        await reviewEmergency(acting, emergency, judged, words, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(acting.chain.id) });
      },
      [client, emergency, session],
    ),
  );
  const { doctor, number } = emergency;
  const held = report.trim() === "" ? null : { outcome: chosen, report };
  const { restored, forget } = useDraft(`review ${emergency.hospital} ${number}`, held, form.reset);
  async function judge() {
    if (!outcome || !(await action.run(outcome, report))) return;
    forget();
    onClose();
  }
  const values = {
    name: staffName(hospitals, doctor) ?? shortHex(doctor),
    number,
    outcome: outcome ? t(`judged.${outcome}`) : GAP,
  };
  return (
    <Dialog title={t("review.title")} onClose={onClose}>
      <FormProvider {...form}>
        <div className="ck-fields">
          <DraftNotice restored={restored} onClear={() => form.setValue("report", "")} />
          <SelectField
            name="outcome"
            label={t("review.outcome")}
            placeholder={t("review.choose")}
            options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          />
          <TextAreaField name="report" label={t("review.report")} hint={t("review.reportHint")} />
          <SignedAction
            sentence={<Trans t={t} i18nKey="review.sentence" values={values} components={{ b: <strong /> }} />}
            limit={t("review.limit")}
            label={t("review.sign")}
            state={action}
            onRun={() => void judge()}
            onReset={action.reset}
            phases={phases}
            blocked={outcome ? undefined : t("review.choose")}
          >
            <button type="button" className="btn btn-quiet" onClick={onClose}>
              {t("cancel")}
            </button>
          </SignedAction>
        </div>
      </FormProvider>
    </Dialog>
  );
}
