import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { Loading } from "../../components/Loading.tsx";
import { NameForm } from "./NameForm.tsx";
import { useSuccession } from "./queries.ts";
import { WaitingProposal } from "./WaitingProposal.tsx";

/** An account whose recovery address the wallet is: it proposes and vetoes, and can do nothing else. */
export function RecoveredAccount({ account }: { readonly account: Address }) {
  const { t } = useTranslation("succession");
  const { data } = useSuccession(account);
  if (!data) return <Loading />;
  return (
    <section className="ck-gap">
      <h2>{t("recovered.title")}</h2>
      <p>
        <AddressText value={account} full />
      </p>
      <p className="ck-2 ck-measure">{t("recovered.text")}</p>
      {data.proposal && <WaitingProposal account={account} proposal={data.proposal} />}
      <div className="mt-4">
        <NameForm kind="propose" account={account} />
      </div>
    </section>
  );
}
