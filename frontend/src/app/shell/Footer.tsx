import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useBlockNumber, useChains } from "wagmi";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pollingInterval } from "../../lib/chain/chain.ts";
import { useAppConfig } from "../../lib/config/context.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** Which chain this is, how far it is known, and the honest limits. */
export function Footer() {
  const { t } = useTranslation();
  const locale = useLocale();
  const config = useAppConfig();
  const { development, chainId } = config;
  const [chain] = useChains();
  // Asked again and again rather than watched: a watch keeps the last block and says nothing when the chain stops answering.
  const block = useBlockNumber({
    chainId: chain?.id,
    cacheTime: 0,
    query: { refetchInterval: pollingInterval(config) },
  });
  return (
    <footer className="ck-foot">
      <span>{development ? t("footer.localChain") : t("footer.chain", { id: chainId })}</span>
      {block.data !== undefined && !block.isError && (
        <Link to={`/audit/block/${block.data}`} className="ck-tnum">
          {t("footer.block", { number: block.data.toLocaleString(locale) })}
        </Link>
      )}
      {block.isError && <StatusBadge tone="wait">{t("footer.unreachable")}</StatusBadge>}
      <Link to="/audit">{t("nav.check")}</Link>
      <Link to="/protection">{t("footer.protection")}</Link>
    </footer>
  );
}
