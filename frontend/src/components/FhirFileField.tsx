import { readBundle, type ImportResult } from "@chartkey/sdk/records";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "./Loading.tsx";
import { ImportReport } from "./ImportReport.tsx";

interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a file holds, by its name. */
export interface ReadFile {
  readonly name: string;
  readonly result: ImportResult;
}

interface FhirFileFieldProps {
  /** Is told what can be taken of a file; null while it is read. */
  readonly onRead: (read: ReadFile | null) => void;
}

/** Reads a FHIR file here in the browser, and says what can be taken. */
export function FhirFileField({ onRead }: FhirFileFieldProps) {
  const { t } = useTranslation("entries");
  const id = useId();
  const [file, setFile] = useState<Chosen | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [person, setPerson] = useState("");
  const [reading, setReading] = useState(false);

  async function read(chosen: Chosen, patient: string) {
    setReading(true);
    setResult(null);
    onRead(null);
    const person = patient.trim();
    const read = await readBundle(chosen.bytes, chosen.name, person === "" ? {} : { patient: person });
    setResult(read);
    setReading(false);
    onRead({ name: chosen.name, result: read });
  }
  async function choose(picked: File | undefined) {
    if (!picked) return;
    const chosen = { name: picked.name, bytes: new Uint8Array(await picked.arrayBuffer()) };
    setFile(chosen);
    setPerson("");
    await read(chosen, "");
  }
  return (
    <div className="ck-fields">
      <div>
        <label className="form-label" htmlFor={`${id}-file`}>
          {t("file.choose")}
        </label>
        <input
          id={`${id}-file`}
          type="file"
          className="form-control"
          accept=".json,.ndjson,application/json,application/fhir+json,application/fhir+ndjson"
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => void choose(target.files?.[0])}
        />
        <div className="form-text mt-1" id={`${id}-hint`}>
          {t("file.hint")}
        </div>
      </div>
      {reading && <Loading what={t("file.reading")} />}
      {result && <ImportReport result={result} />}
      {file && result?.needsPerson && (
        <form
          className="d-grid gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void read(file, person);
          }}
        >
          <label className="form-label mb-0" htmlFor={`${id}-person`}>
            {t("file.person")}
          </label>
          <input
            id={`${id}-person`}
            className="form-control"
            dir="ltr"
            placeholder="Patient/85"
            value={person}
            aria-describedby={`${id}-person-hint`}
            onChange={({ target }) => setPerson(target.value)}
          />
          <div className="form-text" id={`${id}-person-hint`}>
            {t("file.personHint")}
          </div>
          <div>
            <button type="submit" className="btn btn-plain btn-sm">
              {t("file.again")}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
