import { Trans, useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { shortHex } from "../../lib/format/address.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { Role } from "../../lib/roles/roles.ts";

/** Asks whoever is something here already whether the invitation is for him: used, it is gone for the person whom it was meant for. */
export function AccountQuestion({ roles }: { readonly roles: readonly Role[] }) {
  const { t } = useTranslation("claim");
  const locale = useLocale();
  const account = usePatientAccount();
  if (!account || roles.length === 0) return null;
  const held = formatList(
    roles.map((role) => t(`common:role.${role}`)),
    locale,
  );
  return (
    <Notice
      tone="warn"
      className="mb-4"
      title={t("forYou.question")}
      action={
        <button type="button" className="btn btn-plain btn-sm" onClick={() => openConnectDialog()}>
          {t("common:account.other")}
        </button>
      }
    >
      <Trans
        t={t}
        i18nKey="forYou.connected"
        values={{ roles: held, account: shortHex(account) }}
        components={{ b: <strong />, a: <bdi dir="ltr" /> }}
      />
    </Notice>
  );
}
