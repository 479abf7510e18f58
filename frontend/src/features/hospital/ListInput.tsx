import { utf8 } from "@chartkey/sdk";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftNotice } from "../../components/DraftNotice.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { FileDrop } from "../../components/FileDrop.tsx";
import { saveText } from "../../lib/download.ts";
import { useDraft } from "../../lib/session/drafts.ts";
import type { ActionState } from "../../lib/session/useAction.ts";
import { COLUMNS, MOST_PEOPLE, readPeople, SAMPLE, type Person } from "./lib/people.ts";
import { ReadReport } from "./ReadReport.tsx";

/** Bytes of a list at most: some thousand lines. */
const MOST_BYTES = 1_000_000;

interface ListInputProps {
  readonly hospital: number;
  readonly state: ActionState;
  /** Resolves to whether the list is kept from now on as one to sign. */
  readonly onRead: (people: readonly Person[]) => Promise<boolean>;
}

/** Takes a list of people as a file or pasted, and says of each line that is nobody why. What was put in is kept as a draft until it goes on. */
export function ListInput({ hospital, state, onRead }: ListInputProps) {
  const { t } = useTranslation(["invitations", "specialities"]);
  const id = useId();
  const [text, setText] = useState("");
  const [tooLarge, setTooLarge] = useState<"file" | "pasted">();
  const { restored, forget } = useDraft(`invitations ${hospital}`, text.trim() === "" ? null : text, setText);
  const read = useMemo(() => {
    const words = {
      role: (role: Person["role"]) => t(`common:role.${role}`),
      speciality: (code: number) => t(`specialities:${code}`),
    };
    return text.trim() === "" ? null : readPeople(text, words);
  }, [text, t]);
  async function take(people: readonly Person[]) {
    if (await onRead(people)) forget();
  }
  async function choose(file: File) {
    const isTooLarge = file.size > MOST_BYTES;
    setTooLarge(isTooLarge ? "file" : undefined);
    if (!isTooLarge) setText(await file.text());
  }
  function type(typed: string) {
    const isTooLarge = utf8(typed).length > MOST_BYTES;
    setTooLarge(isTooLarge ? "pasted" : undefined);
    if (!isTooLarge) setText(typed);
  }
  return (
    <div className="ck-fields ck-narrow mt-4">
      <DraftNotice restored={restored} onClear={() => setText("")} />
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
      <FileDrop
        label={t("file")}
        onFile={(file) => void choose(file)}
        error={tooLarge === "file" ? t("tooLarge") : undefined}
      />
      <div>
        <label className="form-label" htmlFor={id}>
          {t("paste")}
        </label>
        <textarea
          id={id}
          className={tooLarge === "pasted" ? "form-control ck-mono is-invalid" : "form-control ck-mono"}
          rows={6}
          dir="auto"
          spellCheck={false}
          value={text}
          aria-invalid={tooLarge === "pasted"}
          aria-describedby={`${id}-error`}
          onChange={({ target }) => type(target.value)}
        />
        <div id={`${id}-error`}>
          {tooLarge === "pasted" && (
            <p className="invalid-feedback d-block mb-0" role="alert">
              {t("pastedTooLarge")}
            </p>
          )}
        </div>
      </div>
      {read && <ReadReport read={read} />}
      {state.error !== null && <ErrorNotice error={state.error} form={false} />}
      <div>
        <button
          type="button"
          className="btn btn-primary"
          disabled={!read || read.people.length === 0 || state.running}
          onClick={() => read && void take(read.people)}
        >
          {t("take", { count: read?.people.length ?? 0 })}
        </button>
      </div>
    </div>
  );
}
