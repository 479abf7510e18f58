import { accountOf, publishRecord, utf8, type OnPhase } from "@chartkey/sdk";
import { buildNote, canonicalJson, categories } from "@chartkey/sdk/records";
import { useCallback } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useOwnActor } from "../../lib/chart/useOwnActor.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty = { title: "", text: "" };

/** A note in the patient's own words. */
export function NoteForm() {
  const { t } = useTranslation("entries");
  const session = useWritingSession();
  const actor = useOwnActor();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const form = useForm({ defaultValues: empty });
  const typed = useWatch({ control: form.control }) as typeof empty;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, title: string, text: string) => {
        const unlocked = required(session);
        const note = buildNote({ patient: actor, author: actor, date: new Date().toISOString(), title, text });
        const data = utf8(canonicalJson(note));
        const draft = { category: categories.notes, meta: { contentType: "application/fhir+json" }, data };
        await publishRecord(unlocked, accountOf(unlocked), draft, onPhase);
        await refresh();
      },
      [actor, refresh, session],
    ),
  );
  const filledIn = typed.title.trim() !== "" || typed.text.trim() !== "";
  const held = filledIn && !isKept(action.error) ? typed : null;
  const { restored, forget } = useDraft("own note", held, form.reset);
  const sign = form.handleSubmit(async ({ title, text }) => {
    if (!(await action.run(title, text))) return;
    forget();
    void navigate("/patient/chart?category=2");
  });
  const filled = (missing: string) => ({ validate: (value: string) => value.trim() !== "" || missing });
  return (
    <FormProvider {...form}>
      <div className="mt-4">
        <DraftNotice restored={restored && held !== null} onClear={() => form.reset(empty)} />
      </div>
      <fieldset className="ck-fields mt-4" disabled={action.running || isKept(action.error)}>
        <TextField name="title" label={t("note.title")} rules={filled(t("note.titleMissing"))} />
        <TextAreaField name="text" label={t("note.text")} rows={6} rules={filled(t("note.textMissing"))} />
      </fieldset>
      <div className="mt-4">
        <SignedAction
          sentence={t("note.sentence")}
          limit={t("note.limit")}
          label={t("note.action")}
          state={action}
          onRun={() => void sign()}
          onReset={action.reset}
          phases={phases}
        />
      </div>
    </FormProvider>
  );
}
