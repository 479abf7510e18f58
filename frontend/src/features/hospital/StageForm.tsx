import { importDraft, MAX_STAGED, stageRecords, type Invitation, type OnPhase, type StagedDraft } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { FhirFileField, type ReadFile } from "../../components/FhirFileField.tsx";
import { Notice } from "../../components/Notice.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "uploading", "confirming"] as const;

interface StageFormProps {
  readonly invitation: Invitation;
  readonly onStaged: (invitation: Invitation) => void;
}

/** Prepares records for whoever claims an invitation: seals what a file holds to it, which gives another link. */
export function StageForm({ invitation, onStaged }: StageFormProps) {
  const { t } = useTranslation("hospital");
  const locale = useLocale();
  const [read, setRead] = useState<ReadFile | null>(null);
  const [staged, setStaged] = useState(0);
  const [round, setRound] = useState(0);
  return (
    <section className="ck-sec mt-5 d-grid gap-3">
      <header>
        <h2>{t("staging.title")}</h2>
      </header>
      <p className="ck-2 mb-0 ck-measure">{t("staging.text")}</p>
      {staged > 0 && (
        <Notice icon="checkCircle" live="status">
          {t("staging.done", { number: staged.toLocaleString(locale) })}
        </Notice>
      )}
      <FhirFileField key={round} onRead={setRead} isWhole />
      {read && read.result.categories.length > 0 && (
        <StageAction
          key={`${round} ${read.name}`}
          invitation={invitation}
          read={read}
          onStaged={(next, number) => {
            setStaged(staged + number);
            setRead(null);
            setRound(round + 1);
            onStaged(next);
          }}
        />
      )}
    </section>
  );
}

interface StageActionProps {
  readonly invitation: Invitation;
  readonly read: ReadFile;
  readonly onStaged: (invitation: Invitation, number: number) => void;
}

function StageAction({ invitation, read, onStaged }: StageActionProps) {
  const { t } = useTranslation("hospital");
  const locale = useLocale();
  const session = useSession();
  const [stored, setStored] = useState(0);
  const { name, result } = read;
  const { length } = result.categories;
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const drafts: StagedDraft[] = [];
        for await (const item of result.items()) drafts.push({ ...importDraft(item), name: `${name} ${item.path}` });
        const next = await stageRecords(required(session), invitation, drafts, { onPhase, onItem: setStored });
        onStaged(next, drafts.length);
      },
      [invitation, result, name, onStaged, session],
    ),
  );
  const number = length.toLocaleString(locale);
  return (
    <div className="d-grid gap-3">
      <SignedAction
        sentence={t("staging.sentence", { number })}
        limit={t("staging.limit", { signatures: Math.ceil(length / MAX_STAGED).toLocaleString(locale) })}
        label={t("staging.action", { number })}
        state={action}
        onRun={() => void action.run()}
        onReset={action.reset}
        phases={phases}
      />
      {action.phase === "uploading" && action.running && (
        <p className="ck-s ck-2 mb-0 ck-tnum">
          {t("staging.stored", { stored: stored.toLocaleString(locale), number })}
        </p>
      )}
    </div>
  );
}
