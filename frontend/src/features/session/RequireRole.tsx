import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBytecode, useChains, useConnection, useSwitchChain } from "wagmi";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { findDeployment } from "../../lib/chain/deployment.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { shortHex } from "../../lib/format/address.ts";
import type { Role } from "../../lib/roles/roles.ts";
import { useRoles, useStandings } from "../../lib/roles/useRoles.ts";

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
  const { isConnected, isReconnecting, chainId } = useConnection();
  const [chain] = useChains();
  const { mutate: switchChain } = useSwitchChain();
  const deployment = findDeployment(chain?.id ?? 0);
  const code = useBytecode({
    address: deployment?.registry,
    chainId: chain?.id,
    query: { enabled: deployment !== undefined },
  });
  const { roles, isPending } = useRoles();
  const standings = useStandings();

  if (isReconnecting && !isConnected) return <Loading />;
  const empty = (state: ReactNode) => (
    <Page title={t(`role.${role}`)} ownHeading narrow>
      {state}
    </Page>
  );
  if (!isConnected || !chain) {
    const action = { label: t("account.connect"), onClick: () => openConnectDialog(), primary: true };
    return empty(
      <EmptyState
        kind="noWallet"
        level={1}
        title={t("empty.notConnected.title")}
        text={t("empty.notConnected.text")}
        action={action}
      />,
    );
  }
  if (chainId !== chain.id) {
    const values = { current: String(chainId), wanted: t("network.name") };
    const action = {
      label: t("network.switch", { chain: t("network.name") }),
      onClick: () => switchChain({ chainId: chain.id }),
      primary: true,
    };
    return empty(<EmptyState kind="wrongNetwork" level={1} values={values} action={action} />);
  }
  if (!deployment || (code.isSuccess && !code.data)) {
    const values = { address: shortHex(deployment?.registry ?? "0x") };
    const action = { label: t("action.reload"), onClick: () => window.location.reload() };
    return empty(<EmptyState kind="noContract" level={1} values={values} action={action} />);
  }
  const failure = code.error ?? standings.error;
  if (failure) {
    return empty(
      <ErrorNotice
        error={failure}
        actions={{ retry: () => void Promise.all([code.refetch(), standings.refetch()]) }}
      />,
    );
  }
  if (isPending || code.isPending) return <Loading />;
  if (!roles.includes(role)) {
    const action = { label: t("account.other"), onClick: () => openConnectDialog() };
    return empty(<EmptyState kind="notRegistered" level={1} text={t(`empty.notRegistered.${role}`)} action={action} />);
  }
  return children;
}
