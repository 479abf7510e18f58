import { useTranslation } from "react-i18next";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { TextField } from "./TextField.tsx";

export interface AccountFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

/** Somebody's account by its address, inside a FormProvider. */
export function AccountField({ name, label, hint }: AccountFieldProps) {
  const { t } = useTranslation();
  const fault = useAccountFault();
  return (
    <TextField
      name={name}
      label={label}
      code
      autoComplete="off"
      placeholder="0x"
      {...(hint ? { hint } : {})}
      rules={{ required: t("account.malformed"), validate: (typed: string) => fault(typed) ?? true }}
    />
  );
}
