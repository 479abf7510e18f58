import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import type { Opening } from "./opening.ts";

/** The field that an opening needs, inside a FormProvider of `OpeningValues`. */
export function OpeningField({ opening }: { readonly opening: Opening }) {
  const { t } = useTranslation("vault");
  if (opening === "passcode")
    return (
      <TextField
        name="passcode"
        type="password"
        label={t("passcode.label")}
        hint={t("passcode.hint")}
        autoComplete="current-password"
        rules={{ required: t("passcode.required") }}
      />
    );
  if (opening === "code")
    return (
      <TextField
        name="code"
        label={t("recovery.code")}
        hint={t("recovery.hint")}
        code
        autoComplete="off"
        rules={{ required: t("recovery.required") }}
      />
    );
  return null;
}
