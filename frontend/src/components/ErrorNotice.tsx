import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { errorCode } from "../lib/errors/code.ts";
import { isKept } from "../lib/errors/kept.ts";
import { errorEntry, type ErrorAction } from "../lib/errors/table.ts";
import { Icon } from "./Icon.tsx";

export interface ErrorNoticeProps {
  readonly error: unknown;
  /** What the screen can do; the one that the error's code asks for becomes the button. */
  readonly actions?: Partial<Record<ErrorAction, () => void>>;
  /** Whether the screen has a form, whose entries the words may speak of. */
  readonly form?: boolean;
}

/**
 * What happened, what it means, and one action, by the error's code. Declining is not an error. For an entry that is kept the one action
 * is to go where it waits.
 */
export function ErrorNotice({ error, actions = {}, form = true }: ErrorNoticeProps) {
  const { t } = useTranslation("errors");
  const { code } = errorCode(error);
  const { message, action: wanted, tone } = errorEntry(code);
  // Whoever declined with no form to go back to can still be asked again.
  const action = message === "declined" && !actions.back && actions.retry ? "retry" : wanted;
  const kept = isKept(error);
  const handler = actions[action] ?? (action === "reload" ? () => window.location.reload() : undefined);
  const look = tone === "neutral" ? "" : `is-${tone}`;
  const glyph = tone === "neutral" ? "arrowCounterclockwise" : tone === "warn" ? "exclamationTriangle" : "xCircle";
  return (
    <div className={`ck-note ${look}`} role={tone === "neutral" ? "status" : "alert"}>
      <Icon name={glyph} />
      <div>
        <strong>{t(`message.${message}.title`)}</strong>
        <p>{t(form ? `message.${message}.text` : [`message.${message}.formless`, `message.${message}.text`])}</p>
        {message === "unknown" && code !== "UNKNOWN" && <p className="ck-s ck-2">{t("code", { code })}</p>}
        {kept && (
          <>
            {message !== "entryKept" && <p>{t("message.entryKept.text")}</p>}
            <Link className="ck-tap" to="/waiting">
              {t("waiting")}
            </Link>
          </>
        )}
        {handler && !kept && (
          <button type="button" className="btn btn-plain btn-sm mt-2" onClick={handler}>
            {t(`action.${action}`)}
          </button>
        )}
      </div>
    </div>
  );
}
