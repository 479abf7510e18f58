import { createHospital } from "@chartkey/sdk";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { TextField } from "../../components/fields/TextField.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshHospitals } from "../../lib/hospitals/useHospitals.ts";
import { chooseRole } from "../../lib/roles/current.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { chooseHospital } from "./chosen.ts";
import { dropDraft, keepDraft, readDraft, type ProfileDraft } from "./draft.ts";

const phases = ["uploading", "confirming", "mining"] as const;

/** What is given of an address and a contact: nothing is published of a field that was left empty. */
function givenOf({ address, contact }: ProfileDraft) {
  return { ...(address ? { address } : {}), ...(contact ? { contact } : {}) };
}

/** Creates a hospital: public profile, review, one signature. What was typed survives a reload. */
export default function NewHospitalPage() {
  const { t } = useTranslation("hospital");
  const session = useUnlockedSession();
  const account = session?.wallet.account.address ?? "";
  const navigate = useNavigate();
  const refresh = useRefreshHospitals();
  const form = useForm({ defaultValues: readDraft(account) });
  const [reviewed, setReviewed] = useState<ProfileDraft | null>(null);
  const { run, reset, ...state } = useAction(async (onPhase, draft: ProfileDraft) => {
    const profile = { name: draft.name, ...givenOf(draft), staff: [] };
    const { id } = await createHospital(required(session), profile, onPhase);
    dropDraft(account);
    chooseHospital(id);
    chooseRole("hospital");
    await refresh();
    await navigate("/hospital");
  });

  if (reviewed !== null)
    return (
      <Page title={t("new.review")} narrow>
        <dl className="ck-def mt-4 mb-5">
          <dt>{t("new.name")}</dt>
          <dd>
            <bdi>{reviewed.name}</bdi>
            {Object.values(givenOf(reviewed)).map((line) => (
              <span key={line} className="d-block ck-meta">
                <bdi>{line}</bdi>
              </span>
            ))}
          </dd>
          <dt>{t("new.admin")}</dt>
          <dd className="ck-mono" dir="ltr">
            {account}
          </dd>
          <dt>{t("new.then")}</dt>
          <dd>{t("new.thenText")}</dd>
        </dl>
        <SignedAction
          sentence={
            <Trans t={t} i18nKey="new.sentence" values={{ name: reviewed.name }} components={{ b: <strong /> }} />
          }
          limit={t("new.limit")}
          label={t("new.sign")}
          phases={phases}
          state={state}
          onRun={() => void run(reviewed)}
          onReset={reset}
        >
          <button type="button" className="btn btn-quiet" onClick={() => setReviewed(null)}>
            {t("new.back")}
          </button>
        </SignedAction>
      </Page>
    );

  return (
    <Page title={t("new.title")} narrow>
      <p className="ck-2 mt-2 mb-4">{t("new.intro")}</p>
      <FormProvider {...form}>
        <form
          className="ck-fields"
          noValidate
          onChange={() => keepDraft(account, form.getValues())}
          onSubmit={(event) =>
            void form.handleSubmit(({ name, address, contact }) =>
              setReviewed({ name: name.trim(), address: address.trim(), contact: contact.trim() }),
            )(event)
          }
        >
          <TextField
            name="name"
            label={t("new.name")}
            hint={t("new.nameHint")}
            autoComplete="organization"
            rules={{
              validate: (value: string) => value.trim() !== "" || t("new.nameMissing"),
              maxLength: { value: 120, message: t("new.nameLong") },
            }}
          />
          <TextField
            name="address"
            label={t("new.address")}
            hint={t("new.addressHint")}
            autoComplete="street-address"
            rules={{ maxLength: { value: 120, message: t("new.nameLong") } }}
          />
          <TextField
            name="contact"
            label={t("new.contact")}
            hint={t("new.addressHint")}
            autoComplete="tel"
            rules={{ maxLength: { value: 120, message: t("new.nameLong") } }}
          />
          <div className="ck-actions">
            <button type="submit" className="btn btn-primary">
              {t("new.review")}
            </button>
          </div>
        </form>
      </FormProvider>
    </Page>
  );
}
