import { fromScope, openEmergency, type EmergencyTerms, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { AccountField } from "../../components/fields/AccountField.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { typedAccount } from "../../lib/format/typedAccount.ts";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { hospitalName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { OwnEmergencies } from "./OwnEmergencies.tsx";
import { ScopePicker } from "../../components/ScopePicker.tsx";

const phases = ["encrypting", "uploading", "confirming", "mining"] as const;

/** Allergies and history, medication, diagnoses: what an emergency asks for. */
const USUAL = (1 << 3) | (1 << 4) | (1 << 5);

const empty = { patient: "", hospital: "", reason: "" };

/** Opens an emergency access: whose chart, what, why, a plain warning, one signature. */
export default function OpenPage() {
  const { t } = useTranslation("emergency");
  const [search] = useSearchParams();
  const words = useCategoryWords();
  const session = useSession();
  const client = useQueryClient();
  const { data: hospitals } = useHospitals();
  const { data: standings } = useStandings();
  const own = standings?.flatMap(({ role, status, hospital }) =>
    role === "doctor" && status === "active" && hospital?.accreditation === "accredited" ? [hospital.id] : [],
  );
  const named = search.get("patient") ?? "";
  const [scope, setScope] = useState(USUAL);
  const [opened, setOpened] = useState(false);
  const form = useForm({
    defaultValues: { ...empty, patient: named },
    mode: "onTouched",
  });
  const typed = useWatch({ control: form.control }) as typeof empty;
  const fault = useAccountFault();
  const patient = typedAccount(typed.patient);
  const hospital = Number(typed.hospital || own?.[0] || 0);
  const { reason } = typed;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, asked: EmergencyTerms) => {
        const acting = required(session);
        await openEmergency(acting, asked, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(acting.chain.id) });
      },
      [client, session],
    ),
  );
  // Kept by whom the page was opened for: a reason about one patient is not offered for another.
  const held = reason.trim() === "" ? null : { typed, scope };
  const { restored, forget } = useDraft(`emergency ${named}`, held, (before) => {
    form.reset(before.typed);
    setScope(before.scope);
  });
  async function open() {
    if (patient === null) return;
    setOpened(false);
    if (!(await action.run({ patient, hospital, categories: fromScope(scope), reason }))) return;
    forget();
    form.reset(empty);
    action.reset();
    setOpened(true);
  }
  const blocked =
    patient === null
      ? (fault(typed.patient) ?? t("missing.patient"))
      : scope === 0
        ? t("missing.scope")
        : reason.trim() === ""
          ? t("missing.reason")
          : undefined;
  const values = {
    name: patient === null ? GAP : shortHex(patient),
    hospital: hospitalName(hospitals, hospital) ?? t("common:standing.hospital", { id: hospital }),
    scope: scope === 0 ? GAP : words(scope),
  };
  if (own?.length === 0)
    return (
      <Page title={t("openPage.title")} ownHeading narrow>
        <EmptyState
          kind="noPermission"
          level={1}
          title={t("openPage.notActive")}
          text={t("openPage.notActiveText")}
          action={{ label: t("openPage.back"), to: "/doctor/patients" }}
        />
      </Page>
    );
  return (
    <Page title={t("openPage.title")} narrow ownHeading>
      <BackLink to="/doctor/patients">{t("openPage.back")}</BackLink>
      <h1 tabIndex={-1}>{t("openPage.title")}</h1>
      {opened && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("openPage.done")}
        </Notice>
      )}
      {own && <OwnEmergencies hospitals={own} show="open" />}
      <Notice className="mt-4" tone="warn" title={t("openPage.warning.title")}>
        {t("openPage.warning.text")}
      </Notice>
      <FormProvider {...form}>
        <div className="mt-4">
          <DraftNotice restored={restored} onClear={() => form.setValue("reason", "")} />
        </div>
        <fieldset className="ck-fields mt-4" disabled={action.running}>
          <AccountField name="patient" label={t("openPage.patient")} hint={t("openPage.patientHint")} />
          {own && own.length > 1 && (
            <SelectField
              name="hospital"
              label={t("openPage.hospital")}
              options={own.map((id) => ({
                value: String(id),
                label: hospitalName(hospitals, id) ?? t("common:standing.hospital", { id }),
              }))}
            />
          )}
          <ScopePicker legend={t("openPage.scope")} value={scope} onChange={setScope} />
          <TextAreaField name="reason" label={t("openPage.reason")} hint={t("openPage.reasonHint")} />
        </fieldset>
        <div className="mt-4">
          <SignedAction
            sentence={<Trans t={t} i18nKey="openPage.sentence" values={values} components={{ b: <strong /> }} />}
            limit={t("openPage.limit")}
            label={t("openPage.sign")}
            state={action}
            onRun={() => void open()}
            onReset={action.reset}
            phases={phases}
            blocked={blocked}
          />
        </div>
      </FormProvider>
      {own && <OwnEmergencies hospitals={own} show="ended" />}
    </Page>
  );
}
