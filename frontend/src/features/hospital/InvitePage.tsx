import { invite, SPECIALITIES, INVITATION_TERM, type Invitation, type Invitee } from "@chartkey/sdk";
import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { Link, useLocation, useSearchParams } from "react-router";
import { isAddress } from "viem";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { GAP } from "../../lib/format/gap.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import type { ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { ownerOf } from "../../lib/session/vault.ts";
import { InvitationCard } from "./InvitationCard.tsx";
import { LastInvitationNotice } from "./LastInvitationNotice.tsx";
import { desk, keepLastInvitation, lastInvitation } from "./lib/lastInvitation.ts";
import { OwnHospital } from "./OwnHospital.tsx";
import { useRoleName } from "./useRoleName.ts";

const phases = ["confirming"] as const;
const roles = ["patient", "doctor", "pharmacist"] as const;

interface InviteForm {
  role: (typeof roles)[number];
  speciality: string;
  by: "link" | "address";
  account: string;
}

/** Invites somebody: one signature, no transaction; then the link, its code and a card to print. */
export default function InvitePage() {
  // Coming here again from the navigation begins another invitation.
  const { key } = useLocation();
  const session = useSession();
  if (!session) return <Loading />;
  return (
    <OwnHospital>
      {(hospital) => {
        const at = desk(ownerOf(session), hospital.id);
        return <Invite key={`${key} ${at}`} hospital={hospital} at={at} visit={key} />;
      }}
    </OwnHospital>
  );
}

interface InviteProps {
  readonly hospital: ListedHospital;
  /** The desk whose last invitation is kept. */
  readonly at: string;
  readonly visit: string;
}

function Invite({ hospital, at, visit }: InviteProps) {
  const { t } = useTranslation("hospital");
  const [last, setLast] = useState(() => lastInvitation(at));
  const show = (invitation: Invitation) => {
    const next = { invitation, visit };
    // Also when the account was changed meanwhile: who comes back finds it.
    keepLastInvitation(at, next);
    setLast(next);
  };
  const forget = () => {
    keepLastInvitation(at, null);
    setLast(null);
  };
  return (
    <Page title={t("invite.title")} ownHeading narrow>
      {last?.visit === visit ? (
        <InvitationCard invitation={last.invitation} onAnother={forget} onStaged={show} />
      ) : (
        <>
          <h1 tabIndex={-1}>{t("invite.title")}</h1>
          {last && <LastInvitationNotice invitation={last.invitation} onShow={() => show(last.invitation)} />}
          {hospital.accreditation !== "accredited" && (
            <Notice className="mt-3" tone="warn" title={t("invite.notAccredited")}>
              {t("invite.notAccreditedText")}
            </Notice>
          )}
          <p className="mt-3 mb-0">
            <Link to="/hospital/invite/list">{t("invite.many")}</Link>
          </p>
          <InviteFields hospital={hospital} onSigned={show} />
        </>
      )}
    </Page>
  );
}

interface InviteFieldsProps {
  readonly hospital: ListedHospital;
  readonly onSigned: (invitation: Invitation) => void;
}

function InviteFields({ hospital, onSigned }: InviteFieldsProps) {
  const { t } = useTranslation(["hospital", "specialities"]);
  const locale = useLocale();
  const session = useSession();
  const roleName = useRoleName();
  const [expiry] = useState(() => Math.floor(Date.now() / 1000) + INVITATION_TERM);
  const [search] = useSearchParams();
  const asked = roles.find((each) => each === search.get("role")) ?? "patient";
  const form = useForm<InviteForm>({ defaultValues: { role: asked, speciality: "1", by: "link", account: "" } });
  const [role, code, by, account] = useWatch({ control: form.control, name: ["role", "speciality", "by", "account"] });
  const speciality = role === "doctor" ? Number(code) : 0;
  const { run, reset, ...state } = useAction(async (onPhase, values: InviteForm) => {
    onPhase("confirming");
    const to = values.account.trim();
    const invitee: Invitee = { role: values.role, speciality, expiry };
    onSigned(
      await invite(
        required(session),
        hospital.id,
        values.by === "address" && isAddress(to, { strict: false }) ? { ...invitee, account: to } : invitee,
      ),
    );
  });
  const values = {
    role: roleName({ role, speciality }),
    hospital: hospital.listing?.name ?? hospital.id,
    date: formatDateTime(expiry, locale),
    account: account.trim() || GAP,
  };
  return (
    <FormProvider {...form}>
      <form className="ck-fields mt-4" noValidate onSubmit={(event) => event.preventDefault()}>
        <SelectField
          name="role"
          label={t("invite.role")}
          options={roles.map((value) => ({ value, label: t(`common:role.${value}`) }))}
        />
        {role === "doctor" && (
          <SelectField
            name="speciality"
            label={t("invite.speciality")}
            options={Object.keys(SPECIALITIES).map((value) => ({ value, label: t(`specialities:${value}`) }))}
          />
        )}
        <SelectField
          name="by"
          label={t("invite.by")}
          hint={t(`invite.byHint.${by}`)}
          options={(["link", "address"] as const).map((value) => ({ value, label: t(`invite.byOption.${value}`) }))}
        />
        {by === "address" && (
          <TextField
            name="account"
            label={t("invite.account")}
            code
            autoComplete="off"
            rules={{
              validate: (value: string) => isAddress(value.trim(), { strict: false }) || t("invite.accountWrong"),
            }}
          />
        )}
        <SignedAction
          sentence={<Trans t={t} i18nKey={`invite.sentence.${by}`} values={values} components={{ b: <strong /> }} />}
          limit={t(role === "patient" ? "invite.limitPatient" : "invite.limitStaff")}
          label={t("invite.sign")}
          phases={phases}
          state={state}
          onRun={() => void form.handleSubmit((entered) => run(entered))()}
          onReset={reset}
        />
      </form>
    </FormProvider>
  );
}
