import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { FileDrop } from "../../components/FileDrop.tsx";
import { Notice } from "../../components/Notice.tsx";
import { saveText } from "../../lib/download.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { ActionState } from "../../lib/session/useAction.ts";
import { COLUMNS, MOST_PEOPLE, readPeople, SAMPLE, type Person, type ReadList } from "./lib/people.ts";

/** Bytes of a list at most: some thousand lines. */
const MOST_BYTES = 1_000_000;

interface ListInputProps {
  readonly state: ActionState;
  readonly onRead: (people: readonly Person[]) => void;
}

/** Takes a list of people as a file or pasted, and says of each line that is nobody why. */
export function ListInput({ state, onRead }: ListInputProps) {
  const { t } = useTranslation(["invitations", "specialities"]);
  const id = useId();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const words = {
    role: (role: Person["role"]) => t(`common:role.${role}`),
    speciality: (code: number) => t(`specialities:${code}`),
  };
  const read = text.trim() === "" ? null : readPeople(text, words);
  async function choose(file: File) {
    const isTooLarge = file.size > MOST_BYTES;
    setError(isTooLarge ? t("tooLarge") : undefined);
    if (!isTooLarge) setText(await file.text());
  }
  return (
    <div className="ck-fields ck-narrow mt-4">
      <p className="mb-0 ck-measure">{t("intro", { most: MOST_PEOPLE })}</p>
      <div>
        <dl className="ck-def">
          {COLUMNS.map((column) => (
            <div key={column} className="ck-def-row">
              <dt>
                <code dir="ltr">{column}</code>
              </dt>
              <dd>{t(`column.${column}`)}</dd>
            </div>
          ))}
        </dl>
        <button
          type="button"
          className="btn btn-plain btn-sm mt-3"
          onClick={() => void saveText("invitations-sample.csv", () => Promise.resolve(SAMPLE))}
        >
          {t("sample")}
        </button>
      </div>
      <FileDrop label={t("file")} onFile={(file) => void choose(file)} error={error} />
      <div>
        <label className="form-label" htmlFor={id}>
          {t("paste")}
        </label>
        <textarea
          id={id}
          className="form-control ck-mono"
          rows={6}
          dir="auto"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      {read && <ReadReport read={read} />}
      {state.error !== null && <ErrorNotice error={state.error} form={false} />}
      <div>
        <button
          type="button"
          className="btn btn-primary"
          disabled={!read || read.people.length === 0 || state.running}
          onClick={() => read && onRead(read.people)}
        >
          {t("take", { count: read?.people.length ?? 0 })}
        </button>
      </div>
    </div>
  );
}

function ReadReport({ read: { people, refused, missing } }: { readonly read: ReadList }) {
  const { t } = useTranslation("invitations");
  const locale = useLocale();
  if (missing.length > 0)
    return <Notice tone="warn" live="alert" title={t("missing", { columns: missing.join(", ") })} />;
  return (
    <>
      <p className="mb-0 ck-strong" role="status">
        {t("read", { count: people.length })}
      </p>
      {refused.length > 0 && (
        <Notice tone="warn" title={t("refused", { count: refused.length })}>
          <ul className="mb-0">
            {refused.map(({ line, reason, found }) => (
              <li key={line}>
                {t("refusedLine", { line: line.toLocaleString(locale), reason: t(`reason.${reason}`) })}
                {found !== "" && (
                  <>
                    {" "}
                    <bdi className="ck-mono ck-break">{found.slice(0, 80)}</bdi>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
