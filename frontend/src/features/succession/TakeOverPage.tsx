import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { actFor } from "../../lib/acting/acting.ts";
import { Offer } from "./Offer.tsx";
import { useOffered } from "./queries.ts";
import { RecoveredAccount } from "./RecoveredAccount.tsx";

/** For a proposed successor and for a recovery address: what they may do for whose account. */
export default function TakeOverPage() {
  const { t } = useTranslation("succession");
  const { address } = useConnection();
  const { data, error, refetch } = useOffered();
  const [taken, setTaken] = useState<Address | null>(null);
  const navigate = useNavigate();
  const act = (account: Address, to: string) => {
    if (address) actFor({ wallet: address, account, as: "successor" });
    void navigate(to);
  };
  if (taken)
    return (
      <Page title={t("taken.title")} narrow>
        <p className="mt-3 ck-measure">{t("taken.text")}</p>
        <div className="ck-actions">
          <button type="button" className="btn btn-primary" onClick={() => act(taken, "/key/renew")}>
            {t("taken.renew")}
          </button>
          <button type="button" className="btn btn-quiet" onClick={() => act(taken, "/patient")}>
            {t("taken.later")}
          </button>
        </div>
      </Page>
    );
  return (
    <Page title={t("offered.title")} narrow>
      <p className="mt-3 ck-measure">{t("offered.what")}</p>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data && data.proposed.length + data.recovered.length === 0 && (
        <EmptyState
          kind="noData"
          title={t("offered.none.title")}
          text={t("offered.none.text")}
          action={{ label: t("offered.none.action"), to: "/" }}
        />
      )}
      {data?.proposed.map((account) => (
        <Offer key={account} account={account} onTaken={() => setTaken(account)} />
      ))}
      {data?.recovered.map((account) => (
        <RecoveredAccount key={account} account={account} />
      ))}
    </Page>
  );
}
