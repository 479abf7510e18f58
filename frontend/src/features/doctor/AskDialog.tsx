import { MAX_REASON, requestAccess, type OnPhase } from "@chartkey/sdk";
import { useCallback, useId, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Address } from "viem";
import { CategoryPicker, type Scope } from "../../components/CategoryPicker.tsx";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { Dialog } from "../../components/Dialog.tsx";
import { SignedAction } from "../../components/SignedAction.tsx";
import { useCategoryWords } from "../../lib/format/useCategoryWords.ts";
import { visitScope } from "../../lib/patient/terms.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const phases = ["checking", "confirming", "encrypting", "uploading"] as const;

interface AskDialogProps {
  readonly patient: Address;
  readonly name: string;
  readonly hospital: number;
  readonly onSent: () => void;
  readonly onClose: () => void;
}

/** Asks a patient for access: what, why, one signature. It grants nothing. */
export function AskDialog({ patient, name, hospital, onSent, onClose }: AskDialogProps) {
  const { t } = useTranslation("doctor");
  const id = useId();
  const session = useSession();
  const words = useCategoryWords();
  const [scope, setScope] = useState<Scope>(visitScope);
  const [reason, setReason] = useState("");
  const action = useAction(
    useCallback(
      (onPhase: OnPhase, { read, write }: Scope, why: string) =>
        requestAccess(required(session), { patient, hospital, read, write, reason: why }, onPhase),
      [hospital, patient, session],
    ),
  );
  const held = reason.trim() === "" ? null : { scope, reason };
  const { restored, forget } = useDraft(`ask ${patient} ${hospital}`, held, (before) => {
    setScope(before.scope);
    setReason(before.reason);
  });
  async function ask() {
    if (!(await action.run(scope, reason))) return;
    forget();
    onSent();
    onClose();
  }
  const { read, write } = scope;
  const kind = read > 0 && write > 0 ? "both" : write > 0 ? "add" : "read";
  const blocked =
    (read | write) === 0 ? t("ask.missingScope") : reason.trim() === "" ? t("ask.missingReason") : undefined;
  return (
    <Dialog title={t("ask.title", { name })} onClose={onClose}>
      <div className="d-grid gap-4">
        <DraftNotice restored={restored} onClear={() => setReason("")} />
        <div>
          <label className="form-label" htmlFor={id}>
            {t("ask.reason")}
          </label>
          <textarea
            id={id}
            className="form-control"
            rows={3}
            dir="auto"
            maxLength={MAX_REASON}
            value={reason}
            aria-describedby={`${id}-hint`}
            onChange={({ target }) => setReason(target.value)}
          />
          <div className="form-text" id={`${id}-hint`}>
            {t("ask.reasonHint")}
          </div>
        </div>
        <CategoryPicker legend={t("ask.scope")} value={scope} onChange={setScope} disabled={action.running} />
        <SignedAction
          sentence={
            <Trans
              t={t}
              i18nKey={`ask.sentence.${kind}`}
              values={{ name, read: words(read), write: words(write) }}
              components={{ b: <strong /> }}
            />
          }
          limit={t("ask.limit")}
          label={t("ask.sign")}
          state={action}
          onRun={() => void ask()}
          onReset={action.reset}
          phases={phases}
          blocked={blocked}
        />
      </div>
    </Dialog>
  );
}
