import { scanFhir, type ScannedFile } from "@chartkey/sdk/records";
import { chunksOf, Pace, type Paced } from "@chartkey/sdk";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatSize } from "../lib/files/size.ts";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { ImportReport } from "./ImportReport.tsx";
import { PaceBar } from "./PaceBar.tsx";

/** What a file holds, by its name. */
export interface ReadFile {
  readonly name: string;
  readonly result: ScannedFile;
}

interface FhirFileFieldProps {
  /** Is told what can be taken of a file; null while it is read. */
  readonly onRead: (read: ReadFile | null) => void;
  /** Whether resources are read with the large files in them. */
  readonly isWhole?: boolean;
}

/** Reads a FHIR file here in the browser, and says what can be taken. */
export function FhirFileField({ onRead, isWhole = false }: FhirFileFieldProps) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<ScannedFile | null>(null);
  const [person, setPerson] = useState("");
  const [reading, setReading] = useState<Paced | null>(null);
  const [error, setError] = useState<unknown>(null);
  // Another file may be chosen while a large one is read: only the last one counts.
  const latest = useRef(0);

  async function read(chosen: File, patient: string) {
    const { name, size } = chosen;
    const pace = new Pace();
    const round = ++latest.current;
    const whenLatest = (tell: () => void) => {
      if (round === latest.current) tell();
    };
    setReading({ done: 0, total: size });
    setResult(null);
    setError(null);
    onRead(null);
    const person = patient.trim();
    const onBytes = (done: number) => whenLatest(() => setReading(pace.at(done, size)));
    const open = () => chunksOf(chosen.stream());
    const slice = (from: number, to: number) => chunksOf(chosen.slice(from, to).stream());
    const source = isWhole ? { name, open } : { name, open, slice };
    try {
      const result = await scanFhir(source, { onBytes, ...(person === "" ? {} : { patient: person }) });
      whenLatest(() => {
        setResult(result);
        onRead({ name, result });
      });
    } catch (thrown) {
      whenLatest(() => setError(thrown));
    } finally {
      whenLatest(() => setReading(null));
    }
  }
  async function choose(picked: File | undefined) {
    if (!picked) return;
    setFile(picked);
    setPerson("");
    await read(picked, "");
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
      {reading && <PaceBar label={t("file.reading")} pace={reading} format={(bytes) => formatSize(bytes, locale)} />}
      {error !== null && <ErrorNotice error={error} actions={{ retry: () => void (file && read(file, person)) }} />}
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
