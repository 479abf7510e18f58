import { claim, type Card, type Invitation } from "@chartkey/sdk";
import { FormProvider, useForm } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshHospitals } from "../../lib/hospitals/useHospitals.ts";
import { chooseRole } from "../../lib/roles/current.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import type { InvitedRole } from "./role.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface ClaimFormProps {
  readonly invitation: Invitation;
  readonly role: InvitedRole;
  readonly hospitalName: string;
}

/** The card for the reception, and the signature that uses the invitation. */
export function ClaimForm({ invitation, role, hospitalName }: ClaimFormProps) {
  const { t } = useTranslation("claim");
  const session = useSession();
  const refresh = useRefreshHospitals();
  const form = useForm({ defaultValues: { name: "", birthDate: "", contact: "" } });
  const { run, reset, ...state } = useAction(async (onPhase, { name, birthDate, contact }: Required<Card>) => {
    const card: Card = {
      name: name.trim(),
      ...(birthDate ? { birthDate } : {}),
      ...(contact.trim() ? { contact: contact.trim() } : {}),
    };
    await claim(required(session), invitation, card, onPhase);
    chooseRole(role);
    await refresh();
  });
  const today = new Date().toISOString().slice(0, 10);
  return (
    <FormProvider {...form}>
      <form className="ck-fields" noValidate onSubmit={(event) => event.preventDefault()}>
        <TextField
          name="name"
          label={t("name")}
          hint={t(role === "patient" ? "nameHintPatient" : "nameHintStaff")}
          autoComplete="name"
          rules={{ validate: (value: string) => value.trim() !== "" || t("nameMissing") }}
        />
        {role === "patient" && (
          <TextField
            name="birthDate"
            type="date"
            label={t("birthDate")}
            autoComplete="bday"
            rules={{ validate: (value: string) => (value !== "" && value <= today) || t("birthDateMissing") }}
          />
        )}
        <TextField name="contact" label={t("contact")} hint={t("contactHint")} autoComplete="tel" />
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey="sentence"
              values={{ role: t(`common:role.${role}`), hospital: hospitalName }}
              components={{ b: <strong /> }}
            />
          }
          limit={t("limit")}
          label={t("sign")}
          phases={phases}
          state={state}
          onRun={() => void form.handleSubmit((card) => run(card))()}
          onReset={reset}
        />
      </form>
    </FormProvider>
  );
}
