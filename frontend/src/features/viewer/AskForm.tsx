import { hostOfLink, type HealthLink, type LinkReader } from "@chartkey/sdk";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { errorCode } from "../../lib/errors/code.ts";
import type { ActionState } from "../../lib/session/useAction.ts";

interface AskFormProps {
  readonly link: HealthLink;
  readonly action: ActionState & { readonly run: (reader: LinkReader) => Promise<boolean>; readonly reset: () => void };
  readonly onClose: () => void;
}

/** Who asks, and the passcode; the host is said beside the button that asks it. */
export function AskForm({ link, action, onClose }: AskFormProps) {
  const { t } = useTranslation("viewer");
  const id = useId();
  const [recipient, setRecipient] = useState("");
  const [passcode, setPasscode] = useState("");
  const isGuarded = link.flag?.includes("P") === true;
  const ask = () => void action.run({ recipient: recipient.trim(), ...(isGuarded ? { passcode } : {}) });
  const missing =
    recipient.trim() === "" ? "recipientMissing" : isGuarded && passcode.trim() === "" ? "passcodeMissing" : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <fieldset className="ck-fields mt-4" disabled={action.running}>
        <div>
          <label className="form-label" htmlFor={`${id}-recipient`}>
            {t("recipient")}
          </label>
          <input
            id={`${id}-recipient`}
            className="form-control"
            dir="auto"
            autoComplete="organization"
            maxLength={100}
            aria-describedby={`${id}-recipient-hint`}
            value={recipient}
            onChange={({ target }) => setRecipient(target.value)}
          />
          <div className="form-text" id={`${id}-recipient-hint`}>
            {t("recipientHint")}
          </div>
        </div>
        {isGuarded && (
          <div>
            <label className="form-label" htmlFor={`${id}-passcode`}>
              {t("passcode")}
            </label>
            <input
              id={`${id}-passcode`}
              className="form-control"
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              aria-describedby={`${id}-passcode-hint`}
              value={passcode}
              onChange={({ target }) => setPasscode(target.value)}
            />
            <div className="form-text" id={`${id}-passcode-hint`}>
              {t("passcodeHint")}
            </div>
          </div>
        )}
        {action.error !== null && <Refusal error={action.error} onRetry={ask} onClose={onClose} />}
        <div>
          <div className="ck-actions">
            <button
              type="submit"
              className="btn btn-primary"
              disabled={missing !== undefined}
              aria-describedby={`${id}-ask`}
            >
              {t(action.running ? "asking" : "ask")}
            </button>
            <button type="button" className="btn btn-quiet" onClick={onClose}>
              {t("another")}
            </button>
          </div>
          <p className="form-text mt-2 mb-0" id={`${id}-ask`}>
            {missing && `${t(missing)} `}
            <bdi>{t("askHost", { host: hostOfLink(link) })}</bdi>
          </p>
        </div>
      </fieldset>
    </form>
  );
}

interface RefusalProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** A wrong passcode is told with how many tries are left, when the server says so. */
function Refusal({ error, onRetry, onClose }: RefusalProps) {
  const { t } = useTranslation("viewer");
  const left = remainingOf(error);
  if (left === undefined) return <ErrorNotice error={error} actions={{ retry: onRetry, back: onClose }} />;
  return (
    <Notice tone="warn" title={t("wrongPasscode")} live="alert">
      {t("left", { count: left })}
    </Notice>
  );
}

function remainingOf(error: unknown): number | undefined {
  if (errorCode(error).code !== "HEALTH_LINK_PASSCODE") return undefined;
  const { details } = error as { details?: { remainingAttempts?: number } };
  return details?.remainingAttempts;
}
