import { useTranslation } from "react-i18next";
import { CopyField } from "../../components/CopyField.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Notice } from "../../components/Notice.tsx";
import { heldInvitation, invitationLink } from "../../lib/session/invitation.ts";

/** Says what a wallet is and how to get one; an invitation that the page would forget is copied before. */
export function NoWallet() {
  const { t } = useTranslation("connect");
  const invitation = heldInvitation();
  if (invitation === null) return <EmptyState kind="noWallet" level={3} />;
  return (
    <>
      <EmptyState kind="noWallet" level={3} text={t("invited.text")} />
      <Notice tone="warn" title={t("invited.keep")}>
        <p>{t("invited.why")}</p>
      </Notice>
      <div>
        <CopyField label={t("invited.link")} value={invitationLink(invitation)} />
      </div>
    </>
  );
}
