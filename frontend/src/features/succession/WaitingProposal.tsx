import type { Proposal } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { Countdown } from "../../components/Countdown.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Time } from "../../components/Time.tsx";
import { useNow } from "../../lib/format/useNow.ts";
import { StepAction } from "./StepAction.tsx";

export interface WaitingProposalProps {
  readonly account: Address;
  readonly proposal: Proposal;
}

/** A successor who was proposed: who, from when he may accept, and the veto. */
export function WaitingProposal({ account, proposal: { successor, effective } }: WaitingProposalProps) {
  const { t } = useTranslation("succession");
  const over = useNow(1) >= effective;
  return (
    <section className="mt-4" aria-label={t("waiting.title")}>
      <Notice tone="warn" title={t("waiting.title")}>
        <p>
          <AddressText value={successor} full />
        </p>
        <p className="mb-0">
          {over ? (
            t("waiting.over")
          ) : (
            <>
              {t("waiting.from")} <Time seconds={effective} />
              {t("common:comma")}
              <Countdown until={effective} />
            </>
          )}
        </p>
      </Notice>
      <div className="mt-4">
        <StepAction kind="veto" account={account} step={{ kind: "veto", account }} />
      </div>
    </section>
  );
}
