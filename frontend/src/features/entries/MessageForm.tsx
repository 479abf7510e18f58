import { accountIdentifier, buildMessage, categories } from "@chartkey/sdk/records";
import { FormProvider } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { isAddress } from "viem";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { Loading } from "../../components/Loading.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { GAP } from "../../lib/format/gap.ts";
import { useRecipients } from "./useRecipients.ts";
import { filled, useOwnEntry } from "./useOwnEntry.ts";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty = { to: "", title: "", text: "" };

/** A message to a doctor who may read the patient's messages. */
export function MessageForm() {
  const { t } = useTranslation("entries");
  const recipients = useRecipients();
  const nameOf = (to: string) => recipients?.find(({ value }) => value === to)?.label;
  const { form, typed, action, sign, restored, clear, disabled } = useOwnEntry({
    form: "own message",
    category: categories.correspondence,
    empty,
    done: "/patient/messages",
    build: (written, { to, title, text }, chainId) => {
      const display = nameOf(to);
      if (display === undefined || !isAddress(to)) return undefined;
      const recipients = [{ display, identifier: accountIdentifier(chainId, to) }];
      return buildMessage({ ...written, recipients, title, text });
    },
  });
  const name = nameOf(typed.to);
  if (!recipients) return <Loading />;
  if (recipients.length === 0)
    return (
      <div className="mt-5">
        <EmptyState
          kind="noPermission"
          title={t("message.nobody")}
          text={t("message.nobodyText")}
          action={{ label: t("message.give"), to: "/patient/access/new", primary: true }}
        />
      </div>
    );
  return (
    <FormProvider {...form}>
      <div className="mt-4">
        <DraftNotice restored={restored} onClear={clear} />
      </div>
      <fieldset className="ck-fields mt-4" disabled={disabled}>
        <SelectField name="to" label={t("message.to")} placeholder={t("message.choose")} options={recipients} />
        <TextField name="title" label={t("message.title")} rules={filled(t("message.titleMissing"))} />
        <TextAreaField name="text" label={t("message.text")} rows={6} rules={filled(t("message.textMissing"))} />
      </fieldset>
      <div className="mt-4">
        <SignedAction
          sentence={
            <Trans t={t} i18nKey="message.sentence" values={{ name: name ?? GAP }} components={{ b: <strong /> }} />
          }
          limit={t("message.limit")}
          label={t("message.action")}
          state={action}
          onRun={() => void sign()}
          onReset={action.reset}
          phases={phases}
          blocked={name === undefined ? t("message.choose") : undefined}
        />
      </div>
    </FormProvider>
  );
}
