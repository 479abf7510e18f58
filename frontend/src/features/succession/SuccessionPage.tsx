import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { formatRemaining, remaining } from "../../lib/format/time.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { NameForm } from "./NameForm.tsx";
import { useSuccession } from "./queries.ts";
import { WaitingProposal } from "./WaitingProposal.tsx";

/** Who may take over the patient's account when the wallet is lost. */
export default function SuccessionPage() {
  const account = usePatientAccount();
  return account ? <OwnSuccession account={account} /> : <Loading />;
}

function OwnSuccession({ account }: { readonly account: Address }) {
  const { t } = useTranslation("succession");
  const locale = useLocale();
  const { data, error, refetch } = useSuccession(account);
  const left = remaining(data?.delay ?? 0);
  return (
    <Page title={t("title")} narrow>
      <p className="mt-3 ck-measure">{t("what")}</p>
      <Notice
        className="mb-4"
        title={t("lost.title")}
        action={
          <Link className="btn btn-plain btn-sm" to="/successor">
            {t("lost.open")}
          </Link>
        }
      >
        <p>{t("lost.text")}</p>
        <p className="mb-0">{t("lost.two")}</p>
      </Notice>
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} />}
      {!data && !error && <Loading />}
      {data?.proposal && <WaitingProposal account={account} proposal={data.proposal} />}
      {data && (
        <>
          <section className="ck-gap">
            <h2>{t("recovery.title")}</h2>
            <p className="ck-2 ck-measure">{t("recovery.text")}</p>
            {data.recovery ? (
              <Notice title={t("recovery.named")}>
                <p>
                  <AddressText value={data.recovery} full />
                </p>
                <p className="mb-0">{t("recovery.fixed")}</p>
              </Notice>
            ) : (
              <NameForm kind="recovery" account={account} />
            )}
          </section>
          <section className="ck-gap">
            <h2>{t("propose.title")}</h2>
            <p className="ck-2 ck-measure">{t("propose.text", { time: left ? formatRemaining(left, locale) : "" })}</p>
            {data.proposal && <p className="ck-2">{t("propose.replaces")}</p>}
            <NameForm kind="propose" account={account} />
          </section>
        </>
      )}
    </Page>
  );
}
