import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBytecode, useChains, useConnection, useSwitchChain } from "wagmi";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { findDeployment } from "../../lib/chain/deployment.ts";
import { openConnectDialog } from "../../lib/dialogs/connect.ts";
import { shortHex } from "../../lib/format/address.ts";

export interface RequireWalletProps {
  /** Title of the page while something is missing. */
  readonly title: string;
  readonly children: ReactNode;
}

/**
 * Shows its children to a connected account on the right chain, and to others what is missing and one thing to do. Who has them before
 * him keeps them, with what is typed in them, when the wallet goes to another chain: a notice on every page says that.
 */
export function RequireWallet({ title, children }: RequireWalletProps) {
  const { t } = useTranslation();
  const { address, isConnected, isReconnecting, chainId } = useConnection();
  const [shownTo, setShownTo] = useState<string>();
  const [chain] = useChains();
  const { mutate: switchChain } = useSwitchChain();
  const deployment = findDeployment(chain?.id ?? 0);
  const code = useBytecode({
    address: deployment?.registry,
    chainId: chain?.id,
    query: { enabled: deployment !== undefined },
  });

  if (isReconnecting && !isConnected) return <Loading />;
  const empty = (state: ReactNode) => (
    <Page title={title} ownHeading narrow>
      {state}
    </Page>
  );
  if (!isConnected || !chain) {
    const action = { label: t("account.connect"), onClick: () => openConnectDialog(), primary: true };
    const { title: heading, text } = { title: t("empty.notConnected.title"), text: t("empty.notConnected.text") };
    return empty(<EmptyState kind="noWallet" level={1} title={heading} text={text} action={action} />);
  }
  if (chainId !== chain.id && shownTo !== address) {
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
  if (code.error) return empty(<ErrorNotice error={code.error} actions={{ retry: () => void code.refetch() }} />);
  if (code.isPending) return <Loading />;
  if (shownTo !== address) setShownTo(address);
  return children;
}
