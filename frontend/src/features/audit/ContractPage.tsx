import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { isAddress, zeroAddress, type Abi, type AbiFunction, type Address as AddressType } from "viem";
import { HospitalName } from "../../components/AccountName.tsx";
import { Address } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Page } from "../../components/Page.tsx";
import { contractAbis, type ContractName } from "../../lib/chain/contracts.ts";
import { shortHex } from "../../lib/format/address.ts";
import { useReadSession } from "../../lib/session/session.ts";
import { contractQuery } from "./explorerQueries.ts";
import { FunctionForm } from "./FunctionForm.tsx";
import { SearchForm } from "./SearchForm.tsx";
import { SourceSection } from "./SourceSection.tsx";

function viewsOf(name: ContractName): AbiFunction[] {
  const abi: Abi = contractAbis[name];
  return abi.filter(
    (item): item is AbiFunction =>
      item.type === "function" && (item.stateMutability === "view" || item.stateMutability === "pure"),
  );
}

function Functions({ address, name }: { readonly address: AddressType; readonly name: ContractName }) {
  const { t } = useTranslation("explorer");
  return (
    <section className="ck-sec">
      <header>
        <h2>{t("function.title")}</h2>
      </header>
      <p className="ck-s ck-2 ck-measure">{t("function.note")}</p>
      <ul className="ck-list">
        {viewsOf(name).map((item) => (
          <li key={item.name} className="d-block">
            <FunctionForm address={address} item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One contract: which of the system's it is, its source held against its code, and what can be asked of it. */
export default function ContractPage() {
  const { t } = useTranslation(["explorer", "audit"]);
  const { address = "" } = useParams();
  const session = useReadSession();
  const known = isAddress(address, { strict: false });
  const at = known ? address : zeroAddress;
  const found = useQuery({ ...contractQuery(session, at), enabled: known });
  const { data: contract } = found;
  const error = known ? found.error : { code: "CHAIN_NOT_FOUND" };
  return (
    <Page title={contract?.name ?? t("contract.title", { address: shortHex(address) })} actions={<SearchForm />}>
      <div className="mt-5 ck-stack">
        {error && <ErrorNotice error={error} actions={{ retry: () => void found.refetch() }} />}
        {known && found.isPending && <Loading />}
        {known && contract !== undefined && (
          <dl className="ck-def ck-rule-t">
            <dt>{t("audit:address.full")}</dt>
            <dd>
              <Address value={at} full />
            </dd>
            <dt>{t("contract.which")}</dt>
            <dd>
              {contract ? t(`contract.does.${contract.name}`) : t("contract.foreign")}
              {contract?.hospital && (
                <>
                  {" "}
                  <HospitalName id={contract.hospital} />
                </>
              )}
            </dd>
            <dt>{t("contract.history")}</dt>
            <dd>
              <Link to={`/audit/address/${at}`}>{t("audit:ledger.events")}</Link>
            </dd>
          </dl>
        )}
        {contract && (
          <>
            <Functions address={at} name={contract.name} />
            <SourceSection key={at} address={at} name={contract.name} />
          </>
        )}
      </div>
    </Page>
  );
}
