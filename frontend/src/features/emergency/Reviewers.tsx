import { setReviewer, type Hospital, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import type { Address } from "viem";
import { AccountName } from "../../components/AccountName.tsx";
import { AccountField } from "../../components/fields/AccountField.tsx";
import { Loading } from "../../components/Loading.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { typedAccount } from "../../lib/format/typedAccount.ts";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { emergenciesKey } from "../../lib/patient/useEmergencies.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { useReviewers } from "./queries.ts";

const phases = ["checking", "confirming", "mining"] as const;

/** Who judges a hospital's emergencies: the list, and how somebody comes on it or off. */
export function Reviewers({ hospital }: { readonly hospital: Hospital }) {
  const { t } = useTranslation("emergency");
  const session = useSession();
  const client = useQueryClient();
  const { data } = useReviewers(hospital.address);
  const [dismissed, setDismissed] = useState<Address | null>(null);
  const form = useForm({ defaultValues: { account: "" }, mode: "onTouched" });
  const typed = useWatch({ control: form.control, name: "account" });
  const account = dismissed ?? typedAccount(typed);
  const fault = useAccountFault();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, reviewer: { account: Address; appointed: boolean }) => {
        const acting = required(session);
        await setReviewer(acting, hospital.id, reviewer, onPhase);
        await client.invalidateQueries({ queryKey: emergenciesKey(acting.chain.id) });
      },
      [client, hospital.id, session],
    ),
  );
  async function set() {
    if (!account || !(await action.run({ account, appointed: dismissed === null }))) return;
    setDismissed(null);
    form.reset();
    action.reset();
  }
  const verb = dismissed ? "dismiss" : "appoint";
  return (
    <section className="mt-4">
      {!data && <Loading />}
      {data?.length === 0 && <p className="ck-rule-t">{t("reviewers.none")}</p>}
      {data && data.length > 0 && (
        <ul className="ck-list mb-4" aria-label={t("reviewers.title")}>
          {data.map((each) => (
            <li key={each} className="ck-wrap">
              <div className="ck-grow">
                <AccountName account={each} />
              </div>
              <button
                type="button"
                className="btn btn-plain btn-sm"
                aria-label={t("reviewers.dismissOne", { name: shortHex(each) })}
                onClick={() => setDismissed(each)}
              >
                {t("reviewers.dismissed")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <FormProvider {...form}>
        <div className="ck-fields">
          {!dismissed && (
            <AccountField name="account" label={t("reviewers.account")} hint={t("reviewers.accountHint")} />
          )}
          <SignedAction
            sentence={
              <Trans
                t={t}
                i18nKey={`reviewers.${verb}.sentence`}
                values={{ name: account ? shortHex(account) : GAP }}
                components={{ b: <strong /> }}
              />
            }
            limit={t(`reviewers.${verb}.limit`)}
            label={t(`reviewers.${verb}.sign`)}
            state={action}
            onRun={() => void set()}
            onReset={action.reset}
            phases={phases}
            blocked={account ? undefined : (fault(typed) ?? t("reviewers.missing"))}
            stop={dismissed !== null}
          >
            {dismissed && (
              <button type="button" className="btn btn-quiet" onClick={() => setDismissed(null)}>
                {t("cancel")}
              </button>
            )}
          </SignedAction>
        </div>
      </FormProvider>
    </section>
  );
}
