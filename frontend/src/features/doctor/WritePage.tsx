import { publishRecord, utf8, type ReceivedGrant } from "@chartkey/sdk";
import {
  accountIdentifier,
  canonicalJson,
  categories,
  codeNotices,
  DIAGNOSIS_CERTAINTIES,
  type Actor,
} from "@chartkey/sdk/records";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Trans, useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import type { Address } from "viem";
import { CodeNotices } from "../../components/CodeNotices.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { CodedField } from "../../components/fields/CodedField.tsx";
import { SelectField } from "../../components/fields/SelectField.tsx";
import { TextAreaField } from "../../components/fields/TextAreaField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { hasCategory } from "../../lib/format/categories.ts";
import { GAP } from "../../lib/format/gap.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useWritingSession } from "../../lib/session/outbox.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { AttachPage } from "./AttachPage.tsx";
import { BillPage } from "./BillPage.tsx";
import { kindTable, toKind, type Kind, type Words } from "./lib/kinds.ts";
import { MeasurePage } from "./MeasurePage.tsx";
import { VisitReason } from "./VisitReason.tsx";
import { useAuthor } from "./useAuthor.ts";
import { ColleagueField } from "./ColleagueField.tsx";
import { useColleagues } from "./useColleagues.ts";
import { WriteFrame } from "./WriteFrame.tsx";

const phases = ["checking", "encrypting", "uploading", "confirming", "mining"] as const;

const empty: Words = { title: "", coding: null, text: "", certainty: "", colleague: "" };

/** Adds to a chart: a file, a measured value, a bill, or something in words; one signature. */
export default function WritePage() {
  const { t } = useTranslation("doctor");
  const { kind } = useParams();
  if (kind === "attach") return <AttachPage />;
  if (kind === "measure") return <MeasurePage />;
  if (kind === "bill") return <BillPage />;
  const known = toKind(kind) ?? "diagnosis";
  return (
    <WriteFrame
      heading={t(`write.${known}.heading`)}
      refused={t(`write.${known}.refused`)}
      categories={[kindTable[known].category]}
    >
      {({ grant, name, chartPath }) => (
        <>
          {(known === "diagnosis" || known === "note") && <VisitReason patient={grant.patient} />}
          <WriteForm kind={known} grant={grant} name={name} chartPath={chartPath} />
        </>
      )}
    </WriteFrame>
  );
}

interface WriteFormProps {
  readonly kind: Kind;
  readonly grant: ReceivedGrant;
  readonly name: string;
  readonly chartPath: string;
}

function WriteForm({ kind, grant, name, chartPath }: WriteFormProps) {
  const { t } = useTranslation(["doctor", "records"]);
  const { category, needsText, subject, build } = kindTable[kind];
  const session = useWritingSession();
  const refresh = useRefreshChart();
  const navigate = useNavigate();
  const author = useAuthor();
  const colleagues = useColleagues();
  const form = useForm<Words>({ defaultValues: empty });
  const typed = useWatch({ control: form.control }) as Words;
  const title = typed.title.trim();
  const colleague = kind === "referral" ? colleagues.find(typed.colleague) : undefined;
  const said = `${title || GAP}${typed.certainty ? ` (${t(`records:code.${typed.certainty}`)})` : ""}`;
  const { run, reset, ...state } = useAction(async (onPhase, words: Words) => {
    const written = { patient: { display: name }, author, date: new Date().toISOString() };
    const meta = { contentType: "application/fhir+json" };
    const unlocked = required(session);
    const identified = (account: Address, display: string): Actor => ({
      display,
      identifier: accountIdentifier(unlocked.chain.id, account),
    });
    const asked = colleagues.find(words.colleague);
    const resource = build(written, words, {
      patient: identified(grant.patient, name),
      colleague: asked && identified(asked.account, asked.display),
    });
    const draft = { category, meta, data: utf8(canonicalJson(resource)) };
    await publishRecord(unlocked, grant.patient, draft, onPhase);
    await refresh();
  });
  const held = title !== "" || typed.text.trim() !== "" ? typed : null;
  const { restored, forget } = useDraft<Words>(
    `write ${kind} ${grant.patient}`,
    held,
    (before) => form.reset({ ...empty, ...before }),
    state,
  );
  const sign = form.handleSubmit(async (words) => {
    if (!(await run(words))) return;
    forget();
    const letters = categories.correspondence;
    // Who may write letters and read none finds there nothing but closed ones.
    await navigate(category === letters && hasCategory(grant.read, letters) ? `${chartPath}/messages` : chartPath);
  });
  const needed = { validate: (value: string) => value.trim() !== "" || t("write.missing") };
  return (
    <>
      <DraftNotice restored={restored} onClear={() => form.reset(empty)} />
      <FormProvider {...form}>
        <form className="ck-fields ck-narrow" noValidate onSubmit={(event) => event.preventDefault()}>
          {kind === "referral" && <ColleagueField colleagues={colleagues} />}
          {subject ? (
            <CodedField
              name="title"
              codingName="coding"
              subject={subject}
              label={t(`write.${kind}.title`)}
              hint={t("records:codes.hint")}
              rules={needed}
            />
          ) : (
            <TextField name="title" label={t(`write.${kind}.title`)} rules={needed} autoComplete="off" />
          )}
          {kind === "diagnosis" && (
            <SelectField
              name="certainty"
              label={t("write.certainty")}
              placeholder={t("write.certaintyUnsaid")}
              options={DIAGNOSIS_CERTAINTIES.map((value) => ({ value, label: t(`records:code.${value}`) }))}
            />
          )}
          <TextAreaField
            name="text"
            rows={needsText ? 8 : 3}
            label={t(`write.${kind}.text`)}
            {...(needsText ? { rules: needed } : {})}
          />
          {subject && <CodeNotices notices={codeNotices(subject)} isEnglish />}
          <SignedAction
            sentence={
              <Trans
                t={t}
                i18nKey={colleague ? "write.referral.sentenceTo" : `write.${kind}.sentence`}
                values={{ name, title: said, colleague: colleague?.display }}
                components={{ b: <strong /> }}
              />
            }
            limit={
              <>
                {t("write.limit", { category: t(`common:category.${category}`) })}
                {colleague && ` ${t("write.referral.limit", { colleague: colleague.display })}`}
              </>
            }
            label={t(`write.${kind}.sign`)}
            phases={phases}
            state={state}
            onRun={() => void sign()}
            onReset={reset}
          />
        </form>
      </FormProvider>
    </>
  );
}
