import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Time } from "../../components/Time.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { useSuccession } from "./queries.ts";
import { StepAction } from "./StepAction.tsx";

/** An account that proposes the wallet as its successor: from when on, and the acceptance. */
export function Offer({ account, onTaken }: { readonly account: Address; readonly onTaken: () => void }) {
  const { t } = useTranslation("succession");
  const { data } = useSuccession(account);
  const now = useNow(1);
  if (!data) return <Loading />;
  const effective = data.proposal?.effective ?? 0;
  const early = now < effective;
  return (
    <section className="ck-gap">
      <h2>{t("accept.title")}</h2>
      <p>
        <AddressText value={account} full />
      </p>
      {early && (
        <p className="ck-2">
          {t("accept.from")} <Time seconds={effective} />
          {t("common:comma")}
          <Countdown until={effective} />
        </p>
      )}
      <StepAction
        kind="accept"
        account={account}
        step={{ kind: "accept", account }}
        blocked={early ? t("accept.early") : undefined}
        onDone={onTaken}
      />
    </section>
  );
}
