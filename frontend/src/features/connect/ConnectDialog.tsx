import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnect, useConnection, useConnectors, useDisconnect, type Connector } from "wagmi";
import { Dialog } from "../../components/Dialog.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { chooseDevelopmentAccount, DEVELOPMENT_WALLET } from "../../lib/devwallet/connector.ts";
import { closeConnectDialog, type ConnectView } from "../../lib/dialogs/connect.ts";
import { DevelopmentAccounts } from "./DevelopmentAccounts.tsx";
import { FirstSteps } from "./FirstSteps.tsx";
import { NoWallet } from "./NoWallet.tsx";

/** Milliseconds in which a wallet that starts with the page may still announce itself. */
const ANNOUNCING = 600;

/** Chooses a wallet that announced itself to the page, or an account of the development wallet. */
export default function ConnectDialog({ view }: { readonly view: ConnectView }) {
  const { t } = useTranslation("connect");
  const connectors = useConnectors();
  const { connector: current } = useConnection();
  const { mutateAsync: connect, isPending, error, reset } = useConnect();
  const { mutateAsync: disconnect } = useDisconnect();
  const [shown, setShown] = useState<ConnectView>(view);
  const [isSure, setIsSure] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSure(true), ANNOUNCING);
    return () => clearTimeout(timer);
  }, []);
  const development = connectors.find(({ id }) => id === DEVELOPMENT_WALLET);
  const wallets = connectors.filter(({ id }) => id !== DEVELOPMENT_WALLET);

  async function use(connector: Connector, prepare: () => void = () => {}) {
    try {
      if (current) await disconnect({ connector: current });
      prepare();
      await connect({ connector });
      closeConnectDialog();
    } catch {
      // The mutation keeps the error, which is shown below.
    }
  }

  const choosing = shown === "development" && development !== undefined;
  return (
    <Dialog title={choosing ? t("development.title") : t("title")} onClose={closeConnectDialog}>
      <div className="d-grid gap-4">
        {choosing ? (
          <>
            <Notice tone="warn">
              <p>{t("development.warning")}</p>
            </Notice>
            <FirstSteps />
            <DevelopmentAccounts
              disabled={isPending}
              onChoose={(index) => void use(development, () => chooseDevelopmentAccount(index))}
            />
          </>
        ) : (
          <>
            {wallets.length > 0 && (
              <ul className="ck-list">
                {wallets.map((wallet) => (
                  <li key={wallet.uid} className="align-items-center">
                    {wallet.icon ? <img src={wallet.icon} alt="" width={28} height={28} /> : <Icon name="wallet" />}
                    <span className="ck-grow ck-row-title">{wallet.name}</span>
                    <button
                      type="button"
                      className="btn btn-plain btn-sm"
                      disabled={isPending}
                      onClick={() => void use(wallet)}
                    >
                      {t("use")}
                      <span className="visually-hidden"> {wallet.name}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )}
            {development && (
              <Notice
                tone="warn"
                title={t("development.offer")}
                action={
                  <button type="button" className="btn btn-plain btn-sm" onClick={() => setShown("development")}>
                    {t("development.use")}
                  </button>
                }
              >
                <p>{t("development.warning")}</p>
              </Notice>
            )}
            {wallets.length === 0 && (isSure ? <NoWallet /> : <Loading what={t("looking")} />)}
          </>
        )}
        {error && <ErrorNotice error={error} actions={{ retry: reset, back: reset }} />}
      </div>
    </Dialog>
  );
}
