import { accountOf, publishRecord, utf8, type OnPhase } from "@chartkey/sdk";
import { canonicalJson } from "@chartkey/sdk/records";
import { useCallback } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { isKept } from "../../lib/errors/kept.ts";
import type { ComeBack } from "../../lib/patient/comeBack.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { fromResource, genders, isBirthDate, toResource, type PatientResource, type ProfileValues } from "./values.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface ProfileFormProps {
  readonly before: PatientResource | undefined;
  /** The form that waits for the name; null when none does. */
  readonly back: ComeBack | null;
}

/** Name, birth date, gender and contact; signed, they become the newest profile in the chart. */
export function ProfileForm({ before, back }: ProfileFormProps) {
  const { t } = useTranslation(["profile", "records"]);
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const published = fromResource(before);
  const form = useForm<ProfileValues>({ defaultValues: published });
  const typed = useWatch({ control: form.control }) as ProfileValues;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, values: ProfileValues) => {
        const unlocked = required(session);
        const data = utf8(canonicalJson(toResource(values, before)));
        const draft = { category: 1, meta: { contentType: "application/fhir+json" }, data };
        await publishRecord(unlocked, accountOf(unlocked), draft, onPhase);
        await refresh();
      },
      [before, refresh, session],
    ),
  );
  const changed = JSON.stringify(typed) !== JSON.stringify(published);
  const { restored, forget } = useDraft("profile", changed ? typed : null, form.reset, action);
  const sign = form.handleSubmit(async (values) => {
    if (!(await action.run(values))) return;
    forget();
    void (back ? navigate(back.to, { state: back.state }) : navigate("/patient"));
  });
  return (
    <FormProvider {...form}>
      <div className="mt-4">
        <DraftNotice restored={restored} onClear={() => form.reset(published)} />
      </div>
      <fieldset className="ck-fields mt-4" disabled={action.running || isKept(action.error)}>
        <TextField
          name="name"
          label={t("name")}
          hint={t("nameHint")}
          autoComplete="name"
          rules={{ validate: (value: string) => value.trim() !== "" || t("nameMissing") }}
        />
        <TextField
          name="birthDate"
          label={t("birthDate")}
          type="date"
          autoComplete="bday"
          rules={{ validate: (value: string) => isBirthDate(value) || t("birthDateWrong") }}
        />
        <SelectField
          name="gender"
          label={t("gender")}
          placeholder={t("notSaid")}
          options={genders.map((value) => ({ value, label: t(`records:gender.${value}`) }))}
        />
        <TextField name="phone" label={t("phone")} type="tel" autoComplete="tel" code />
        <TextField name="email" label={t("email")} type="email" autoComplete="email" code />
      </fieldset>
      <div className="mt-4">
        <SignedAction
          sentence={t("sentence")}
          limit={t("limit")}
          label={t("action")}
          state={action}
          onRun={() => void sign()}
          onReset={action.reset}
          phases={phases}
        />
      </div>
    </FormProvider>
  );
}
