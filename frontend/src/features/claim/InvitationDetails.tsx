import { findVoucherFault, sameAddress, type Invitation } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { useChains, useConnection } from "wagmi";
import { Countdown } from "../../components/Countdown.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Time } from "../../components/Time.tsx";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useHospital } from "../../lib/hospitals/useHospitals.ts";
import { rolesOf } from "../../lib/roles/roles.ts";
import { useStandings } from "../../lib/roles/useRoles.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { useUnloadWarning } from "../../lib/session/unload.ts";
import { AccountQuestion } from "./AccountQuestion.tsx";
import { ClaimForm } from "./ClaimForm.tsx";
import { NextStep } from "./NextStep.tsx";
import { invitedRole } from "./role.ts";

/** The code of why nobody can use the invitation any more; null while somebody can. Asked once: using it here is no fault. */
function useFault({ voucher, admin }: Invitation, hospital: Address | undefined) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["claim", session?.chain.id ?? 0, "fault", hospital ?? null, { admin, ...voucher }],
    queryFn: () => {
      if (!session || !hospital) throw new Error("no hospital");
      return findVoucherFault(session.chain, hospital, { admin, ...voucher });
    },
    enabled: session !== null && hospital !== undefined,
    staleTime: Infinity,
  });
}

interface InvitationDetailsProps {
  readonly invitation: Invitation;
  readonly onForget: () => void;
}

/** What an invitation offers, in plain words, with the hospital as the chain knows it; then the way to use it. */
export function InvitationDetails({ invitation, onForget }: InvitationDetailsProps) {
  const { t } = useTranslation(["claim", "specialities"]);
  const [chain] = useChains();
  const { address, isConnected, chainId } = useConnection();
  const standings = useStandings();
  const { data: hospital, error, refetch } = useHospital(invitation.hospital);
  const known = hospital && sameAddress(hospital.address, invitation.hospitalAddress) ? hospital.address : undefined;
  const fault = useFault(invitation, known);
  const { voucher } = invitation;
  const role = invitedRole(voucher.role);
  const standing = standings.data?.find((each) => each.role === role && each.hospital?.id === invitation.hospital);
  // Whoever pasted it, or opened the link, would have to find it again.
  useUnloadWarning(known !== undefined && fault.data === null && !standing);
  const bound = BigInt(voucher.account) !== 0n;

  const other = (title: string, text: string) => (
    <Notice
      className="mt-4"
      tone="bad"
      title={title}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={onForget}>
          {t("another")}
        </button>
      }
    >
      {text}
    </Notice>
  );
  if (chain && invitation.chainId !== chain.id) return other(t("wrongChain"), t("wrongChainText"));
  if (error && !hospital) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />;
  if (!hospital) return <Loading />;
  if (role === null || hospital.accreditation === "none" || !sameAddress(hospital.address, invitation.hospitalAddress))
    return other(t("wrongHospital"), t("wrongHospitalText"));

  const name = hospital.listing?.name ?? t("common:standing.hospital", { id: hospital.id });
  const connect = (label: string) => (
    <div className="ck-actions">
      <button type="button" className="btn btn-primary" onClick={() => openConnectDialog()}>
        {label}
      </button>
    </div>
  );
  const step = () => {
    if (!standing && fault.data)
      return (
        <>
          <ErrorNotice error={{ code: fault.data }} />
          <button type="button" className="btn btn-plain mt-4" onClick={onForget}>
            {t("another")}
          </button>
        </>
      );
    if (!isConnected || !address)
      return (
        <>
          <p className="ck-2">{t("connectText")}</p>
          {connect(t("common:account.connect"))}
        </>
      );
    if (standing) return <NextStep role={role} name={name} status={standing.status} />;
    if (bound && !sameAddress(address, voucher.account))
      return (
        <>
          <Notice tone="warn" title={t("otherAccount")} className="mb-4">
            {t("otherAccountText", { account: shortHex(voucher.account) })}
          </Notice>
          {connect(t("common:account.other"))}
        </>
      );
    if (fault.isPending || standings.isPending) return <Loading />;
    // The shell says what to do about a wallet on another network.
    return (
      chain &&
      chainId === chain.id && (
        <>
          <AccountQuestion roles={rolesOf(standings.data ?? [])} />
          <ClaimForm invitation={invitation} role={role} hospitalName={name} />
        </>
      )
    );
  };
  return (
    <>
      <dl className="ck-def mt-4 mb-5">
        <dt>{t("hospital")}</dt>
        <dd>
          <bdi>{name}</bdi>
          <span className="d-block ck-meta">{t(`common:standing.accredited.${hospital.accreditation}`)}</span>
        </dd>
        <dt>{t("as")}</dt>
        <dd>
          {t(`common:role.${role}`)}
          {voucher.speciality !== 0 && `, ${t(`specialities:${voucher.speciality}`)}`}
        </dd>
        <dt>{t("until")}</dt>
        <dd>
          <Time seconds={voucher.expiry} /> (<Countdown until={voucher.expiry} />)
        </dd>
        <dt>{t("for")}</dt>
        <dd>{bound ? shortHex(voucher.account) : t("anyone")}</dd>
      </dl>
      {step()}
    </>
  );
}
