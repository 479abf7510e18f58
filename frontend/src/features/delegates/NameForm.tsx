import { useState, type ReactNode } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { useOwnName } from "../../lib/acting/names.ts";

interface NameFormProps {
  readonly account: string;
  /** Unlocks the wallet's own key, to which the names are sealed. */
  readonly unlock: ReactNode;
}

/** Gives somebody who is acted for a name of one's own, so that one child is told from another. */
export function NameForm({ account, unlock }: NameFormProps) {
  const { name, give } = useOwnName(account);
  const { t } = useTranslation("delegates");
  const [error, setError] = useState<unknown>(null);
  const form = useForm({ values: { name: name ?? "" } });
  if (!give)
    return (
      <section className="mb-4">
        <p className="ck-2 ck-measure">{t("own.name.locked")}</p>
        {unlock}
      </section>
    );
  const keep = form.handleSubmit((typed) => give(typed.name.trim()).then(() => setError(null), setError));
  return (
    <FormProvider {...form}>
      <form className="ck-fields mb-4" noValidate onSubmit={(event) => void keep(event)}>
        {error !== null && <ErrorNotice error={error} />}
        <TextField name="name" label={t("own.name.label")} hint={t("own.name.hint")} autoComplete="off" />
        <div className="ck-actions">
          <button type="submit" className="btn btn-plain btn-sm" disabled={!form.formState.isDirty}>
            {t("own.name.keep")}
          </button>
        </div>
      </form>
    </FormProvider>
  );
}
