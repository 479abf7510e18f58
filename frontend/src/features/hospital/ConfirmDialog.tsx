import { confirmMember, type StaffEntry } from "@chartkey/sdk";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import { GAP } from "../../lib/format/gap.ts";
import { useRefreshHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { MemberDialog } from "./MemberDialog.tsx";
import type { NamedMember } from "./queries.ts";
import { useRoleName } from "./useRoleName.ts";

const phases = ["uploading", "confirming", "mining"] as const;

interface ConfirmDialogProps {
  readonly hospital: ListedHospital;
  readonly member: NamedMember;
  readonly onClose: () => void;
}

/** Confirms a membership; staff are listed in the public directory by the same transaction, under a name that can be mended. */
export function ConfirmDialog({ hospital, member, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation("hospital");
  const session = useSession();
  const refresh = useRefreshHospitals();
  const roleName = useRoleName();
  const { account, role, speciality, name: known } = member;
  const form = useForm({ defaultValues: { name: known ?? "" }, mode: "onChange" });
  const name = useWatch({ control: form.control, name: "name" }).trim();
  const staffRole = role === "doctor" || role === "pharmacist" ? role : null;
  const { run, reset, ...state } = useAction(async (onPhase) => {
    const entry: StaffEntry | undefined = staffRole ? { account, name, role: staffRole, speciality } : undefined;
    await confirmMember(required(session), hospital, account, entry, onPhase);
    await refresh();
    onClose();
  });
  const values = { name: name || GAP, role: roleName(member), hospital: hospital.listing?.name ?? hospital.id };
  return (
    <MemberDialog
      title={t(staffRole ? "confirm.staffTitle" : "confirm.patientTitle")}
      account={account}
      onClose={onClose}
      sentence={
        <Trans
          t={t}
          i18nKey={staffRole ? "confirm.staffSentence" : "confirm.patientSentence"}
          values={values}
          components={{ b: <strong /> }}
        />
      }
      limit={t(staffRole ? "confirm.staffLimit" : "confirm.patientLimit")}
      label={t("confirm.sign")}
      phases={phases}
      state={state}
      onRun={() => void run()}
      onReset={reset}
      blocked={staffRole && name === "" ? t("confirm.nameMissing") : undefined}
    >
      {staffRole && (
        <FormProvider {...form}>
          <TextField name="name" label={t("confirm.name")} hint={t("confirm.nameHint")} autoComplete="off" />
        </FormProvider>
      )}
    </MemberDialog>
  );
}
