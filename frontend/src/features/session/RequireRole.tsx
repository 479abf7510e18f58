import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Address } from "../../components/Address.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { useCurrentRole } from "../../lib/roles/current.ts";
import type { Role } from "../../lib/roles/roles.ts";
import { useRoles, useStandings } from "../../lib/roles/useRoles.ts";
import { PracticeAccounts } from "./PracticeAccounts.tsx";
import { RequireWallet } from "./RequireWallet.tsx";

export interface RequireRoleProps {
  readonly role: Role;
  readonly children: ReactNode;
}

/**
 * Shows a role's pages to accounts that have it, and to others what is missing and one thing to do. A courtesy: the contracts
 * decide who may write, encryption who may read.
 */
export function RequireRole({ role, children }: RequireRoleProps) {
  const { t } = useTranslation();
  return (
    <RequireWallet title={t(`role.${role}`)}>
      <WithRole role={role}>{children}</WithRole>
    </RequireWallet>
  );
}

function WithRole({ role, children }: RequireRoleProps) {
  const { t } = useTranslation();
  const { roles, isPending, error } = useRoles();
  const account = usePatientAccount();
  const { refetch } = useStandings();
  const current = useCurrentRole(roles);

  if (isPending) return <Loading />;
  // Also when asking again failed: what was read stays, and with it the page and what is typed in it.
  if (roles.includes(role)) return children;
  const other = current && !error && { held: t(`role.${current}`), wanted: t(`role.${role}`) };
  return (
    <Page title={t(`role.${role}`)} ownHeading narrow>
      {error ? (
        <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />
      ) : other ? (
        <>
          <EmptyState
            kind="notRegistered"
            level={1}
            title={t("empty.otherRole.title", other)}
            text={
              <>
                {t("empty.otherRole.text", other)} {account && <Address value={account} />}{" "}
                {t("empty.otherRole.changed")}
              </>
            }
            action={{ label: t("empty.otherRole.go", other), to: `/${current}`, primary: true }}
          />
          <div className="ck-actions mt-3">
            {roles
              .filter((held) => held !== current)
              .map((held) => (
                <Link key={held} className="btn btn-plain" to={`/${held}`}>
                  {t("empty.otherRole.go", { held: t(`role.${held}`) })}
                </Link>
              ))}
            <button type="button" className="btn btn-plain" onClick={() => openConnectDialog()}>
              {t("account.other")}
            </button>
            <PracticeAccounts />
          </div>
        </>
      ) : (
        <>
          <EmptyState
            kind="notRegistered"
            level={1}
            text={t(`empty.notRegistered.${role}`)}
            action={
              role === "hospital"
                ? { label: t("empty.notRegistered.create"), to: "/hospital/new", primary: true }
                : role === "registrar"
                  ? { label: t("account.other"), onClick: () => openConnectDialog() }
                  : { label: t("empty.notRegistered.claim"), to: "/claim", primary: true }
            }
          />
          <div className="ck-actions mt-3">
            {role === "hospital" && (
              <Link className="btn btn-plain" to="/claim">
                {t("empty.notRegistered.claim")}
              </Link>
            )}
            <PracticeAccounts />
          </div>
        </>
      )}
    </Page>
  );
}
