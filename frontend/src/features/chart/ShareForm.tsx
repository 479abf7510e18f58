import type { ShareTerms } from "@chartkey/sdk";
import { useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { DoctorField, OTHER_ACCOUNT } from "../../components/DoctorField.tsx";
import { AccountField } from "../../components/fields/AccountField.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { formatDateTime } from "../../lib/format/time.ts";
import { typedAccount } from "../../lib/format/typedAccount.ts";
import { useAccountFault } from "../../lib/format/useAccountFault.ts";
import { doctorValue, useDoctors } from "../../lib/hospitals/useDoctors.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { expiryOf, terms, type Term } from "../../lib/patient/terms.ts";
import type { ActionState } from "../../lib/session/useAction.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

interface Values {
  readonly doctor: string;
  readonly account: string;
  readonly term: Term;
  readonly own: string;
}

export interface ShareFormProps {
  /** What the record is called. */
  readonly title: string;
  readonly action: ActionState & { readonly run: (terms: ShareTerms) => Promise<boolean>; readonly reset: () => void };
  readonly onCancel: () => void;
}

/** With whom a record is shared, and until when; then the sentence and the signature. */
export function ShareForm({ title, action, onCancel }: ShareFormProps) {
  const { t } = useTranslation(["control", "access"]);
  const locale = useLocale();
  const { data: doctors = [] } = useDoctors();
  // The sentence shows an end that does not move while it is read.
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const form = useForm<Values>({
    defaultValues: { doctor: "", account: "", term: "week", own: "" },
    mode: "onTouched",
  });
  const { doctor: chosen, account, term, own } = useWatch({ control: form.control }) as Values;
  const fault = useAccountFault();
  const isOther = chosen === OTHER_ACCOUNT;
  const doctor = doctors.find((candidate) => doctorValue(candidate) === chosen);
  const to = isOther ? typedAccount(account) : (doctor?.account ?? null);
  const until = expiryOf(term, own, now);
  const missing = (isOther ? fault(account) : undefined) ?? t("share.missing");
  const blocked = to === null ? missing : until === null ? t("access:missing.end") : undefined;
  const values = {
    title,
    name: to === null ? GAP : ((isOther ? undefined : doctor?.name) ?? shortHex(to)),
    until: until === null ? GAP : formatDateTime(until, locale),
  };
  return (
    <FormProvider {...form}>
      <fieldset className="ck-fields mb-4" disabled={action.running}>
        <DoctorField name="doctor" label={t("share.with")} doctors={doctors} other={t("share.other")} />
        {isOther && <AccountField name="account" label={t("share.account")} hint={t("share.accountHint")} />}
        <SelectField
          name="term"
          label={t("access:grant.until")}
          options={terms.map((value) => ({ value, label: t(`access:term.${value}`) }))}
        />
        {term === "own" && (
          <TextField name="own" type="datetime-local" label={t("access:grant.own")} hint={t("access:grant.ownHint")} />
        )}
      </fieldset>
      <SignedAction
        sentence={<Trans t={t} i18nKey="share.sentence" values={values} components={{ b: <strong /> }} />}
        limit={t("share.limit")}
        label={t("share.sign")}
        state={action}
        onRun={() => void (to !== null && until !== null && action.run({ to, until }))}
        onReset={action.reset}
        phases={phases}
        blocked={blocked}
      >
        <button type="button" className="btn btn-quiet" onClick={onCancel}>
          {t("cancel")}
        </button>
      </SignedAction>
    </FormProvider>
  );
}
