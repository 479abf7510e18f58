import { publishRecord, utf8 } from "@chartkey/sdk";
import { canonicalJson, categories, summarize, TERMINOLOGY_NOTICES } from "@chartkey/sdk/records";
import { useMemo } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Address } from "viem";
import { CodeNotices } from "../../components/CodeNotices.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { ValueInWords } from "../../components/MeasuredValue.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { GAP } from "../../lib/format/gap.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useAction } from "../../lib/session/useAction.ts";
import {
  findTest,
  isBloodPressure,
  localNow,
  observationOf,
  offeredTests,
  type Measurer,
  type MeasureValues,
} from "./lib/measure.ts";
import { MeasuredFields, PressureFields } from "./MeasuredFields.tsx";
import { useAuthor } from "./useAuthor.ts";
import { restoreMeasure, useTestName, type KeptMeasure } from "./useTestName.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const nothing = { value: "", low: "", high: "" };
const emptyAt = (date: string): MeasureValues => ({
  ...nothing,
  test: "",
  unit: "",
  diastolic: nothing,
  date,
  note: "",
});

interface MeasureFormProps {
  readonly patient: Address;
  readonly name: string;
  readonly chartPath: string;
}

/** A number that was measured, or a blood pressure, with unit and usual range: one signature. */
export function MeasureForm({ patient, name, chartPath }: MeasureFormProps) {
  const { t } = useTranslation(["doctor", "records"]);
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const author = useAuthor();
  const offered = useMemo(() => offeredTests((analyte) => t(`records:test.${analyte}`)), [t]);
  const form = useForm<MeasureValues>({ defaultValues: emptyAt(localNow()) });
  const typed = useWatch({ control: form.control }) as MeasureValues;
  const measurer: Measurer = {
    people: { patient: { display: name }, author },
    offered,
    nameOf: (analyte) => t(`records:test.${analyte}`),
  };
  const { run, reset, ...state } = useAction(async (onPhase, values: MeasureValues) => {
    const draft = {
      category: categories.results,
      meta: { contentType: "application/fhir+json" },
      data: utf8(canonicalJson(observationOf(measurer, values))),
    };
    await publishRecord(required(session), patient, draft, onPhase);
    await refresh();
  });
  const isBegun = [typed.test, typed.value, typed.diastolic.value, typed.note].some((text) => text.trim() !== "");
  const found = findTest(offered, typed.test, typed.unit);
  useTestName(form, offered);
  const { restored, forget } = useDraft<KeptMeasure>(
    `measure ${patient}`,
    isBegun ? { typed, loinc: found?.test.loinc } : null,
    (before) => form.reset(restoreMeasure(offered, before)),
    state,
  );
  const sign = form.handleSubmit(async (values) => {
    if (!(await run(values))) return;
    forget();
    await navigate(chartPath);
  });
  const resource = observationOf(measurer, typed);
  const shown = resource && summarize(resource).value;
  const coding = resource?.code?.coding?.[0];
  const value = shown ? [shown.text, shown.unit].filter(Boolean).join(" ") : GAP;
  return (
    <FormProvider {...form}>
      <DraftNotice restored={restored} onClear={() => form.reset(emptyAt(localNow()))} />
      <form className="ck-fields ck-narrow" noValidate onSubmit={(event) => event.preventDefault()}>
        <TextField
          name="test"
          label={t("measure.test")}
          hint={t("measure.testHint")}
          autoComplete="off"
          suggestions={offered.map(({ label }) => label)}
          rules={{
            validate: (text: string) => text.trim() !== "" || t("measure.testMissing"),
            onChange: ({ target }: { target: HTMLInputElement }) => {
              const chosen = findTest(offered, target.value);
              if (chosen) form.setValue("unit", chosen.test.units[0]);
            },
          }}
        />
        {isBloodPressure(found) ? <PressureFields /> : <MeasuredFields offered={offered} />}
        {shown && (
          <p className="mb-0" role="status">
            <ValueInWords value={shown} />
            <span className="d-block form-text">
              {coding ? t("measure.coded", { code: coding.code, display: coding.display }) : t("measure.uncoded")}
            </span>
          </p>
        )}
        <TextField
          name="date"
          type="datetime-local"
          label={t("measure.date")}
          rules={{ validate: (date: string) => (date !== "" && date <= localNow()) || t("measure.dateWrong") }}
        />
        <TextAreaField name="note" rows={2} label={t("measure.note")} />
        <CodeNotices notices={TERMINOLOGY_NOTICES} />
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey="measure.sentence"
              values={{ name, title: found?.name ?? (typed.test.trim() || GAP), value }}
              components={{ b: <strong /> }}
            />
          }
          limit={t("write.limit", { category: t(`common:category.${categories.results}`) })}
          label={t("measure.sign")}
          phases={phases}
          state={state}
          onRun={() => void sign()}
          onReset={reset}
        />
      </form>
    </FormProvider>
  );
}
