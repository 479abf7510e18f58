import { accountOf, publishRecord, utf8, type OnPhase } from "@chartkey/sdk";
import { buildMessage, canonicalJson, categories } from "@chartkey/sdk/records";
import { useCallback } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { Loading } from "../../components/Loading.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useOwnActor } from "../../lib/chart/useOwnActor.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { GAP } from "../../lib/format/gap.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { useRecipients } from "./useRecipients.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty = { to: "", title: "", text: "" };

/** A message to a doctor who may read the patient's messages. */
export function MessageForm() {
  const { t } = useTranslation("entries");
  const session = useWritingSession();
  const actor = useOwnActor();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const recipients = useRecipients();
  const form = useForm({ defaultValues: empty });
  const typed = useWatch({ control: form.control }) as typeof empty;
  const name = recipients?.find(({ value }) => value === typed.to)?.label;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, to: string, title: string, text: string) => {
        const unlocked = required(session);
        const written = { patient: actor, author: actor, date: new Date().toISOString() };
        const data = utf8(canonicalJson(buildMessage({ ...written, recipient: { display: to }, title, text })));
        const draft = { category: categories.correspondence, meta: { contentType: "application/fhir+json" }, data };
        await publishRecord(unlocked, accountOf(unlocked), draft, onPhase);
        await refresh();
      },
      [actor, refresh, session],
    ),
  );
  const filledIn = typed.title.trim() !== "" || typed.text.trim() !== "";
  const held = filledIn && !isKept(action.error) ? typed : null;
  const { restored, forget } = useDraft("own message", held, form.reset);
  const sign = form.handleSubmit(async ({ title, text }) => {
    if (name === undefined || !(await action.run(name, title, text))) return;
    forget();
    void navigate("/patient/chart?category=9");
  });
  const filled = (missing: string) => ({ validate: (value: string) => value.trim() !== "" || missing });
  if (!recipients) return <Loading />;
  if (recipients.length === 0)
    return (
      <div className="mt-5">
        <EmptyState
          kind="noPermission"
          title={t("message.nobody")}
          text={t("message.nobodyText")}
          action={{ label: t("message.give"), to: "/patient/access/new", primary: true }}
        />
      </div>
    );
  return (
    <FormProvider {...form}>
      <div className="mt-4">
        <DraftNotice restored={restored && held !== null} onClear={() => form.reset(empty)} />
      </div>
      <fieldset className="ck-fields mt-4" disabled={action.running || isKept(action.error)}>
        <SelectField name="to" label={t("message.to")} placeholder={t("message.choose")} options={recipients} />
        <TextField name="title" label={t("message.title")} rules={filled(t("message.titleMissing"))} />
        <TextAreaField name="text" label={t("message.text")} rows={6} rules={filled(t("message.textMissing"))} />
      </fieldset>
      <div className="mt-4">
        <SignedAction
          sentence={
            <Trans t={t} i18nKey="message.sentence" values={{ name: name ?? GAP }} components={{ b: <strong /> }} />
          }
          limit={t("message.limit")}
          label={t("message.action")}
          state={action}
          onRun={() => void sign()}
          onReset={action.reset}
          phases={phases}
          blocked={name === undefined ? t("message.choose") : undefined}
        />
      </div>
    </FormProvider>
  );
}
