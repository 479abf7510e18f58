import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useBlockNumber, useChains } from "wagmi";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { useAppConfig } from "../../lib/config/context.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** Which chain this is, how far it is known, and the honest limits. */
export function Footer() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { development, chainId } = useAppConfig();
  const [chain] = useChains();
  const block = useBlockNumber({ watch: true, chainId: chain?.id });
  return (
    <footer className="ck-foot">
      <span>{development ? t("footer.localChain") : t("footer.chain", { id: chainId })}</span>
      {block.data !== undefined && !block.isError && (
        <Link to={`/audit/block/${block.data}`} className="ck-tnum">
          {t("footer.block", { number: block.data.toLocaleString(locale) })}
        </Link>
      )}
      {block.isError && <StatusBadge tone="wait">{t("footer.unreachable")}</StatusBadge>}
      <Link to="/protection">{t("footer.protection")}</Link>
    </footer>
  );
}
