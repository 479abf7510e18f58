import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { AccountField } from "../../components/fields/AccountField.tsx";
import { typedAccount } from "../../lib/format/typedAccount.ts";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { StepAction } from "./StepAction.tsx";

export interface NameFormProps {
  readonly kind: "recovery" | "propose";
  readonly account: Address;
  readonly onDone?: () => void;
}

/** Names the recovery address or a successor of an account. */
export function NameForm({ kind, account, onDone }: NameFormProps) {
  const { t } = useTranslation("succession");
  const form = useForm({ defaultValues: { other: "" }, mode: "onTouched" });
  const typed = useWatch({ control: form.control, name: "other" });
  const other = typedAccount(typed);
  const fault = useAccountFault();
  return (
    <FormProvider {...form}>
      <div className="ck-fields">
        <AccountField name="other" label={t(`${kind}.field`)} hint={t(`${kind}.hint`)} />
        <StepAction
          kind={kind}
          account={account}
          step={other && { kind, account, other }}
          blocked={other ? undefined : (fault(typed) ?? t("missing"))}
          onDone={() => {
            form.reset();
            onDone?.();
          }}
        />
      </div>
    </FormProvider>
  );
}
