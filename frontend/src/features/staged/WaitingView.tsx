import { acceptStaged, type AcceptedStaged, type OnPhase, type Staging } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { AccountName, HospitalName } from "../../components/AccountName.tsx";
import { CategoryCounts } from "../../components/CategoryCounts.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { Time } from "../../components/Time.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { recordsOf, stagedKey, type WaitingRecords } from "../../lib/patient/useStaged.ts";
import { keepInvitation } from "../../lib/session/invitation.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { thisApp } from "../../lib/session/stores.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { DeclineDialog } from "./DeclineDialog.tsx";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface WaitingViewProps {
  readonly waiting: WaitingRecords;
  readonly onAccepted: (result: AcceptedStaged) => void;
  readonly onDeclined: () => void;
}

/** What waits for one invitation, and what can be done with it. */
export function WaitingView({ waiting, onAccepted, onDeclined }: WaitingViewProps) {
  const { t } = useTranslation("staged");
  const locale = useLocale();
  const session = useUnlockedSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const [declining, setDeclining] = useState(false);
  const { invitation, stagings, problems } = waiting;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        const result = await acceptStaged(unlocked, invitation, thisApp(), { onPhase });
        onAccepted(result);
        // What is left of it, if anything, was kept for the account.
        keepInvitation(null);
        await Promise.all([client.invalidateQueries({ queryKey: stagedKey(unlocked.chain.id) }), refresh()]);
      },
      [client, invitation, onAccepted, refresh, session],
    ),
  );
  const number = recordsOf(waiting).toLocaleString(locale);
  return (
    <section className="d-grid gap-4 mt-4">
      <p className="ck-2 mb-0 ck-measure">{t("what")}</p>
      {stagings.map((staging) => (
        <StagingDetails key={staging.digest} staging={staging} />
      ))}
      {problems.map(({ digest, problem }) => (
        <ErrorNotice key={digest} error={problem} form={false} />
      ))}
      <SignedAction
        sentence={
          <Trans
            t={t}
            i18nKey="sentence"
            values={{ number, hospital: invitation.hospitalName }}
            components={{ b: <strong /> }}
          />
        }
        limit={t("limit")}
        label={t("add", { number })}
        state={action}
        onRun={() => void action.run()}
        onReset={action.reset}
        phases={phases}
      >
        <button type="button" className="btn btn-quiet" onClick={() => setDeclining(true)}>
          {t("decline")}
        </button>
      </SignedAction>
      {declining && (
        <DeclineDialog invitation={invitation} onClose={() => setDeclining(false)} onDeclined={onDeclined} />
      )}
    </section>
  );
}

/** From whom it is, and how many of which category. */
function StagingDetails({ staging: { hospital, from, time, items } }: { readonly staging: Staging }) {
  const { t } = useTranslation("staged");
  return (
    <dl className="ck-def">
      <dt>{t("hospital")}</dt>
      <dd>
        <HospitalName id={hospital} />
      </dd>
      <dt>{t("by")}</dt>
      <dd>
        <AccountName account={from} />
      </dd>
      <dt>{t("time")}</dt>
      <dd>
        <Time seconds={time} />
      </dd>
      <CategoryCounts categories={items.map(({ category }) => category)} />
    </dl>
  );
}
