import { useTranslation } from "react-i18next";
import { useChains, useConnection, useSwitchChain } from "wagmi";
import { Notice } from "../../components/Notice.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";

/** Stands under the header while the wallet is on a chain other than Chartkey's. */
export function NetworkState() {
  const { t } = useTranslation();
  const { chainId, isConnected } = useConnection();
  const [chain] = useChains();
  const { mutate: switchChain, isPending, error } = useSwitchChain();
  if (!isConnected || !chain || chainId === chain.id) return null;
  return (
    <div className="ck-band">
      <Notice
        tone="warn"
        live="status"
        title={t("network.otherTitle")}
        action={
          <button
            type="button"
            className="btn btn-plain btn-sm"
            disabled={isPending}
            onClick={() => switchChain({ chainId: chain.id })}
          >
            {t("network.switch", { chain: t("network.name") })}
          </button>
        }
      >
        {t("network.otherText", { current: chainId })}
      </Notice>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
