import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { TextField } from "../../components/fields/TextField.tsx";

interface PasteFormProps {
  /** Why the last text was no invitation. */
  readonly error: unknown;
  readonly onText: (text: string) => void;
}

/** Takes an invitation as text, for those who cannot open the link here. */
export function PasteForm({ error, onText }: PasteFormProps) {
  const { t } = useTranslation("claim");
  const form = useForm({ defaultValues: { text: "" } });
  return (
    <FormProvider {...form}>
      <p className="ck-2 mt-2 mb-4">{t("paste.intro")}</p>
      <form
        className="ck-fields"
        noValidate
        onSubmit={(event) => void form.handleSubmit(({ text }) => onText(text))(event)}
      >
        {error !== null && <ErrorNotice error={error} />}
        <TextField
          name="text"
          label={t("paste.label")}
          hint={t("paste.hint")}
          code
          autoComplete="off"
          rules={{ validate: (value: string) => value.trim() !== "" || t("paste.missing") }}
        />
        <div className="ck-actions">
          <button type="submit" className="btn btn-primary">
            {t("paste.open")}
          </button>
        </div>
      </form>
    </FormProvider>
  );
}
