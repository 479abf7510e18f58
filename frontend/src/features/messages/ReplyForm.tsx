import { publishRecord, utf8 } from "@chartkey/sdk";
import {
  accountIdentifier,
  buildMessage,
  canonicalJson,
  categories,
  recordUrl,
  type Actor,
} from "@chartkey/sdk/records";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import type { Address } from "viem";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { isKept } from "../../lib/errors/kept.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { letterOf, type Participant } from "./lib/threads.ts";
import { Readers } from "./Readers.tsx";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty = { text: "" };
type Words = typeof empty;

export interface ReplyFormProps {
  readonly patient: Address;
  /** Whose chart it is to the writer. */
  readonly whose: "own" | "patient";
  /** As records name the patient, and the writer. */
  readonly subject: Actor;
  readonly author: Actor;
  /** Of the conversation: its draft is kept under it. */
  readonly threadKey: string;
  /** The message that is answered. */
  readonly answered: ChartItem;
  readonly title: string;
  /** To whom. */
  readonly recipients: readonly Participant[];
}

/** Writes an answer into the chart: one signature. */
export function ReplyForm(props: ReplyFormProps) {
  const { patient, whose, subject, author, threadKey, answered, title, recipients } = props;
  const { t } = useTranslation("messages");
  const locale = useLocale();
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const form = useForm<Words>({ defaultValues: empty });
  const { text } = useWatch({ control: form.control }) as Words;
  const { run, reset, ...state } = useAction(async (onPhase, words: Words) => {
    const unlocked = required(session);
    const identified = ({ account, name: display }: Participant): Actor =>
      account ? { display, identifier: accountIdentifier(unlocked.chain.id, account) } : { display };
    const message = buildMessage({
      ...{ patient: subject, author, date: new Date().toISOString(), title, text: words.text },
      recipients: recipients.map(identified),
      answers: {
        resourceType: letterOf(answered)?.resourceType ?? "Communication",
        reference: recordUrl(answered),
        display: title,
      },
    });
    const meta = { contentType: "application/fhir+json" };
    const draft = { category: categories.correspondence, meta, data: utf8(canonicalJson(message)) };
    await publishRecord(unlocked, patient, draft, onPhase);
    await refresh();
  });
  const write = ({ text: words }: Words) => form.setValue("text", words);
  const held = text.trim() !== "" ? { text } : null;
  const { restored, forget } = useDraft<Words>(`reply|${patient}|${threadKey}`, held, write, state);
  const send = form.handleSubmit(async (words) => {
    if (!(await run(words))) return;
    forget();
    form.reset(empty);
  });
  const names = formatList(
    recipients.map(({ name }) => name),
    locale,
  );
  return (
    <section className="ck-rule-t">
      <h2 className="mb-3">{t("answer.heading")}</h2>
      <DraftNotice restored={restored} onClear={() => write(empty)} />
      <FormProvider {...form}>
        <form className="ck-fields ck-narrow" noValidate onSubmit={(event) => event.preventDefault()}>
          <fieldset disabled={state.running || isKept(state.error)}>
            <TextAreaField
              name="text"
              label={t("answer.text")}
              rows={5}
              rules={{ validate: (value: string) => value.trim() !== "" || t("answer.missing") }}
            />
          </fieldset>
          <SignedAction
            sentence={
              <Trans t={t} i18nKey="answer.sentence" values={{ names, title }} components={{ b: <strong /> }} />
            }
            limit={<Readers patient={patient} whose={whose} />}
            label={t("answer.sign")}
            phases={phases}
            state={state}
            onRun={() => void send()}
            onReset={reset}
          />
        </form>
      </FormProvider>
    </section>
  );
}
