import { buildNote, categories } from "@chartkey/sdk/records";
import { FormProvider } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { filled, useOwnEntry } from "./useOwnEntry.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty = { title: "", text: "" };

/** A note in the patient's own words. */
export function NoteForm() {
  const { t } = useTranslation("entries");
  const { form, action, sign, restored, clear, disabled } = useOwnEntry({
    form: "own note",
    category: categories.notes,
    empty,
    build: (written, words) => buildNote({ ...written, ...words }),
  });
  return (
    <FormProvider {...form}>
      <div className="mt-4">
        <DraftNotice restored={restored} onClear={clear} />
      </div>
      <fieldset className="ck-fields mt-4" disabled={disabled}>
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
