import { setMemberActive } from "@chartkey/sdk";
import { Trans, useTranslation } from "react-i18next";
import { shortHex } from "../../lib/format/address.ts";
import { useRefreshHospitals, type ListedHospital } from "../../lib/hospitals/useHospitals.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { MemberDialog } from "./MemberDialog.tsx";
import type { NamedMember } from "./queries.ts";

const phases = ["confirming", "mining"] as const;

interface ActivityDialogProps {
  readonly hospital: ListedHospital;
  readonly member: NamedMember;
  readonly onClose: () => void;
}

/** Suspends an active member, or re-activates a suspended one. */
export function ActivityDialog({ hospital, member, onClose }: ActivityDialogProps) {
  const { t } = useTranslation("hospital");
  const session = useSession();
  const refresh = useRefreshHospitals();
  const { account } = member;
  const suspends = member.status === "active";
  const verb = suspends ? "suspend" : "reactivate";
  const { run, reset, ...state } = useAction(async (onPhase) => {
    await setMemberActive(required(session), hospital, account, !suspends, onPhase);
    await refresh();
    onClose();
  });
  const values = { name: member.name ?? shortHex(account), hospital: hospital.listing?.name ?? hospital.id };
  return (
    <MemberDialog
      title={t(`${verb}.title`)}
      account={account}
      onClose={onClose}
      sentence={<Trans t={t} i18nKey={`${verb}.sentence`} values={values} components={{ b: <strong /> }} />}
      limit={t(member.role === "doctor" ? `${verb}.doctorLimit` : `${verb}.limit`)}
      label={t(`${verb}.sign`)}
      stop={suspends}
      phases={phases}
      state={state}
      onRun={() => void run()}
      onReset={reset}
    />
  );
}
