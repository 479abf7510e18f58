import type { Invitation } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { voucherRole } from "./lib/voucherRole.ts";
import { useRoleName } from "./useRoleName.ts";

interface LastInvitationNoticeProps {
  readonly invitation: Invitation;
  readonly onShow: () => void;
}

/** Leads back to the invitation that was signed last, whose link would else be lost. */
export function LastInvitationNotice({ invitation: { voucher }, onShow }: LastInvitationNoticeProps) {
  const { t } = useTranslation("hospital");
  const roleName = useRoleName();
  return (
    <Notice
      className="mt-3"
      title={t("last.title")}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={onShow}>
          {t("last.show")}
        </button>
      }
    >
      {t("last.text", { role: roleName({ role: voucherRole(voucher), speciality: voucher.speciality }) })}
    </Notice>
  );
}
