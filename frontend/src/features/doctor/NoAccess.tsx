import type { ReceivedGrant } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { BackLink } from "../../components/BackLink.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Notice } from "../../components/Notice.tsx";
import { AskDialog } from "./AskDialog.tsx";
import { useOwnHospitals } from "./Membership.tsx";

interface NoAccessProps {
  readonly patient: Address;
  readonly name: string;
  /** One that does not count, if there is one. */
  readonly grant: ReceivedGrant | null;
}

/** Why there is nothing to see of a patient, and the way to ask for it. */
export function NoAccess({ patient, name, grant }: NoAccessProps) {
  const { t } = useTranslation("doctor");
  const [hospital] = useOwnHospitals() ?? [];
  const [asking, setAsking] = useState(false);
  const [sent, setSent] = useState(false);
  return (
    <>
      <BackLink to="/doctor/patients">{t("frame.back")}</BackLink>
      <div className="mt-4">
        <EmptyState
          kind="noPermission"
          level={1}
          title={t("frame.noAccess", { name })}
          text={t(grant ? (grant.active ? "frame.ended" : "frame.suspended") : "frame.never")}
          {...(hospital === undefined || sent
            ? {}
            : { action: { label: t("ask.action"), onClick: () => setAsking(true), primary: true } })}
        />
      </div>
      {sent && (
        <Notice className="mt-4" icon="checkCircle" live="status">
          {t("ask.sent", { name })}
        </Notice>
      )}
      {asking && hospital !== undefined && (
        <AskDialog
          patient={patient}
          name={name}
          hospital={hospital}
          onSent={() => setSent(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
