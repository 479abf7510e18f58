import { readBundle, type ImportResult } from "@chartkey/sdk/records";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../../components/Loading.tsx";
import { ImportAction } from "./ImportAction.tsx";
import { ImportReport } from "./ImportReport.tsx";

interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a FHIR file here in the browser, says what can be taken, and takes it. */
export function ImportForm() {
  const { t } = useTranslation("entries");
  const id = useId();
  const [file, setFile] = useState<Chosen | null>(null);
  const [result, setResult] = useState<ImportResult | null>(null);
  const [person, setPerson] = useState("");
  const [reading, setReading] = useState(false);

  async function read(chosen: Chosen, patient: string) {
    setReading(true);
    setResult(null);
    setResult(await readBundle(chosen.bytes, chosen.name, patient.trim() === "" ? {} : { patient: patient.trim() }));
    setReading(false);
  }
  async function choose(picked: File | undefined) {
    if (!picked) return;
    const chosen = { name: picked.name, bytes: new Uint8Array(await picked.arrayBuffer()) };
    setFile(chosen);
    setPerson("");
    await read(chosen, "");
  }
  return (
    <div className="ck-fields mt-4">
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
      {result && result.items.length > 0 && <ImportAction key={file?.name} result={result} />}
    </div>
  );
}
