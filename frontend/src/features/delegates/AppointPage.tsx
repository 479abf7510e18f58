import { MANDATE_ACTIONS, appointDelegate, type MandateAction, type MandateTerms, type OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { BackLink } from "../../components/BackLink.tsx";
import { AccountField } from "../../components/fields/AccountField.tsx";
import { CheckField } from "../../components/fields/CheckField.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { Page } from "../../components/Page.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { actingKey } from "../../lib/acting/useTies.ts";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import { typedAccount } from "../../lib/format/typedAccount.ts";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { useActionWords } from "./queries.ts";
import { expiryOf, terms, type Term } from "./terms.ts";

const phases = ["checking", "confirming", "mining"] as const;

type Values = Readonly<Record<MandateAction, boolean>> & {
  readonly account: string;
  readonly term: Term;
  readonly own: string;
};

const empty: Values = { account: "", grant: false, revoke: false, book: true, term: "half", own: "" };

/** Lets somebody act for the patient: whom, what, until when, one sentence, one signature. */
export default function AppointPage() {
  const { t } = useTranslation("delegates");
  const locale = useLocale();
  const words = useActionWords();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const form = useForm<Values>({ defaultValues: empty, mode: "onTouched" });
  const typed = useWatch({ control: form.control }) as Values;
  const fault = useAccountFault();
  const delegate = typedAccount(typed.account);
  const actions = MANDATE_ACTIONS.filter((action) => typed[action]);
  const expiry = expiryOf(typed.term, typed.own, now);

  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, mandate: MandateTerms) => {
        const acting = required(session);
        await appointDelegate(acting, mandate, onPhase);
        await client.invalidateQueries({ queryKey: actingKey(acting.chain.id) });
      },
      [client, session],
    ),
  );
  async function appoint() {
    if (delegate === null || expiry === null) return;
    if (await action.run({ delegate, actions, expiry })) void navigate("/patient/people", { state: "appointed" });
  }
  const blocked =
    delegate === null
      ? (fault(typed.account) ?? t("missing.account"))
      : actions.length === 0
        ? t("missing.action")
        : expiry === null
          ? t("missing.end")
          : undefined;
  const values = {
    name: delegate === null ? GAP : shortHex(delegate),
    actions: actions.length === 0 ? GAP : words(actions),
    until: expiry === null ? GAP : formatDateTime(expiry, locale),
  };
  return (
    <Page title={t("add")} narrow ownHeading>
      <BackLink to="/patient/people">{t("title")}</BackLink>
      <h1 tabIndex={-1}>{t("add")}</h1>
      <p className="ck-2 mt-2 ck-measure">{t("what")}</p>
      <FormProvider {...form}>
        <fieldset className="ck-fields mt-4" disabled={action.running}>
          <AccountField name="account" label={t("form.account")} hint={t("form.accountHint")} />
          <fieldset>
            <legend className="form-label">{t("form.actions")}</legend>
            {MANDATE_ACTIONS.map((each) => (
              <CheckField key={each} name={each} label={t(`form.${each}`)} hint={t(`form.${each}Hint`)} />
            ))}
          </fieldset>
          <SelectField
            name="term"
            label={t("form.until")}
            options={terms.map((value) => ({ value, label: t(`term.${value}`) }))}
          />
          {typed.term === "own" && (
            <TextField name="own" type="datetime-local" label={t("form.own")} hint={t("form.ownHint")} />
          )}
        </fieldset>
        <div className="mt-4">
          <SignedAction
            sentence={<Trans t={t} i18nKey="sentence" values={values} components={{ b: <strong /> }} />}
            limit={t("limit")}
            label={t("sign")}
            state={action}
            onRun={() => void appoint()}
            onReset={action.reset}
            phases={phases}
            blocked={blocked}
          >
            <Link className="btn btn-quiet" to="/patient/people">
              {t("cancel")}
            </Link>
          </SignedAction>
        </div>
      </FormProvider>
    </Page>
  );
}
