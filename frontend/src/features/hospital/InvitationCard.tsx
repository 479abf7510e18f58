import { encodeInvitation, type Invitation } from "@chartkey/sdk";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../components/CopyButton.tsx";
import { QrCode } from "../../components/QrCode.tsx";
import { Time } from "../../components/Time.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { invitationLink } from "../../lib/session/invitation.ts";
import { voucherRole } from "./lib/voucherRole.ts";
import { StageForm } from "./StageForm.tsx";
import { useRoleName } from "./useRoleName.ts";

interface InvitationCardProps {
  readonly invitation: Invitation;
  readonly onAnother: () => void;
  /** Is told the invitation that leads to prepared records as well. */
  readonly onStaged: (invitation: Invitation) => void;
}

/** A signed invitation as link, code and printed card. Loading the page again forgets it. */
export function InvitationCard({ invitation, onAnother, onStaged }: InvitationCardProps) {
  const { t } = useTranslation("hospital");
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const roleName = useRoleName();
  const { voucher, hospitalName, claimSecret } = invitation;
  const role = voucherRole(voucher);
  // In the fragment: browsers never send it to a server.
  const link = invitationLink(encodeInvitation(invitation));
  useEffect(() => heading.current?.focus(), []);
  return (
    <article className="ck-printed">
      <h1 tabIndex={-1} ref={heading}>
        {t("card.title")}
      </h1>
      <div className="d-flex flex-wrap gap-4 my-4">
        <QrCode className="ck-qr is-l" value={link} label={t("card.code")} />
        <dl className="m-0 d-grid gap-2 align-content-start">
          {[
            { term: t("card.hospital"), text: <bdi>{hospitalName}</bdi> },
            { term: t("card.role"), text: roleName({ role, speciality: voucher.speciality }) },
            { term: t("card.for"), text: claimSecret ? t("card.anyWallet") : shortHex(voucher.account) },
            { term: t("card.ends"), text: <Time seconds={voucher.expiry} /> },
          ].map(({ term, text }) => (
            <div key={term}>
              <dt className="ck-s ck-2 fw-normal">{term}</dt>
              <dd className="m-0">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p className="d-none d-print-block">{t("card.printed", { origin: window.location.origin })}</p>
      <div className="ck-noprint">
        <label className="form-label" htmlFor={id}>
          {t("card.link")}
        </label>
        <div className="ck-copy align-items-center">
          <input id={id} className="form-control" dir="ltr" readOnly value={link} onFocus={(e) => e.target.select()} />
          <span className="ck-addr">
            <CopyButton value={link} label={t("card.linkName")} />
          </span>
        </div>
        <p className="form-text mt-2">{t(claimSecret ? "card.whoever" : "card.onlyAccount")}</p>
        {invitation.staged && <p className="form-text mt-2">{t("staging.leak")}</p>}
        <div className="ck-actions mt-4">
          <button type="button" className="btn btn-primary" onClick={() => window.print()}>
            {t("card.print")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onAnother}>
            {t("card.another")}
          </button>
        </div>
        {role === "patient" && claimSecret && <StageForm invitation={invitation} onStaged={onStaged} />}
      </div>
    </article>
  );
}
