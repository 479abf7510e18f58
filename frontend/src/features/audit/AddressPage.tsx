import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { formatEther, isAddress } from "viem";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { contractAt } from "../../lib/chain/contracts.ts";
import { shortHex } from "../../lib/format/address.ts";
import { History } from "./History.tsx";
import { Roles } from "./Roles.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { addressQuery } from "./queries.ts";
import { useAudit } from "./useAudit.ts";

const ZERO = "0x0000000000000000000000000000000000000000";

/** One address: account or contract, and every event that it emitted or that names it. */
export default function AddressPage() {
  const { t } = useTranslation("audit");
  const { address = "" } = useParams();
  const { client, chainId, deployment } = useAudit();
  const known = isAddress(address, { strict: false });
  const found = useQuery({ ...addressQuery(client, chainId, deployment, known ? address : ZERO), enabled: known });
  const contract = known ? contractAt(deployment, address) : null;
  const error = known ? found.error : { code: "CHAIN_NOT_FOUND" };
  return (
    <Page title={contract ?? t("address.title", { address: shortHex(address) })} actions={<SearchForm />}>
      <div className="mt-5 ck-stack">
        {error && <ErrorNotice error={error} actions={{ retry: () => void found.refetch() }} />}
        {known && found.isPending && <Loading />}
        {known && found.data && (
          <>
            <dl className="ck-def ck-rule-t">
              <dt>{t("address.full")}</dt>
              <dd>
                <Address value={address} full />
              </dd>
              <dt>{t("address.kind")}</dt>
              <dd>
                {found.data.isContract ? (
                  <Link to={`/audit/contract/${address}`}>{t("address.contract")}</Link>
                ) : (
                  t("address.account")
                )}
              </dd>
              <dt>{t("address.balance")}</dt>
              <dd>
                <bdi>{formatEther(found.data.balance)} ETH</bdi>
              </dd>
              {found.data.hasLedger && (
                <>
                  <dt>{t("ledger.ledger")}</dt>
                  <dd>
                    <Link to={`/audit/ledger/${address}`}>{t("address.ledger")}</Link>
                  </dd>
                </>
              )}
            </dl>
            {!found.data.isContract && <Roles account={address} />}
            <History logs={found.data.events} />
          </>
        )}
      </div>
    </Page>
  );
}
