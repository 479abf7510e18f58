import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";

export interface RecoveryFormProps {
  readonly waiting: boolean;
  readonly onCode: (code: string) => void;
  readonly onWallet: () => void;
}

/** Asks for the whole recovery code. It stays in the field when it does not open the vault. */
export function RecoveryForm({ waiting, onCode, onWallet }: RecoveryFormProps) {
  const { t } = useTranslation("vault");
  const form = useForm({ defaultValues: { code: "" } });
  return (
    <FormProvider {...form}>
      <form
        className="ck-fields"
        noValidate
        onSubmit={(event) => void form.handleSubmit(({ code }) => onCode(code))(event)}
      >
        <TextField
          name="code"
          label={t("recovery.code")}
          hint={t("recovery.hint")}
          code
          autoComplete="off"
          rules={{ required: t("recovery.required") }}
        />
        <div className="ck-actions">
          <button type="submit" className="btn btn-primary" disabled={waiting}>
            {t("recovery.action")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onWallet}>
            {t("recovery.byWallet")}
          </button>
        </div>
      </form>
    </FormProvider>
  );
}
