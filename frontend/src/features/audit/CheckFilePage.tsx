import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { FileDrop } from "../../components/FileDrop.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { AnchorSearch } from "./AnchorSearch.tsx";
import { ExportReportView } from "./ExportReportView.tsx";
import { FileFacts } from "./FileFacts.tsx";
import { parseExpected } from "./lib/expected.ts";
import { inspectFile, MAX_FILE } from "./lib/inspectFile.ts";

/** Says of a file, or of a digest alone, where on the chain exactly these bytes are anchored. Nothing leaves the browser. */
export default function CheckFilePage() {
  const { t } = useTranslation("audit");
  const id = useId();
  const [search] = useSearchParams();
  const [text, setText] = useState(search.get("look") ?? "");
  const [tooLarge, setTooLarge] = useState(false);
  const { mutate, reset, variables, data: file, isPending, error } = useMutation({ mutationFn: inspectFile });
  const expected = parseExpected(text);
  const wrong = text.trim() !== "" && expected === null;
  const take = (chosen: File) => {
    setTooLarge(chosen.size > MAX_FILE);
    if (chosen.size > MAX_FILE) reset();
    else mutate(chosen);
  };
  const retry = () => variables && mutate(variables);

  return (
    <Page title={t("file.title")}>
      <p className="ck-2 mt-2 mb-4 ck-measure">{t("file.intro")}</p>
      <div className="ck-stack">
        <div className="d-grid gap-3 ck-narrow w-100">
          <FileDrop label={t("file.choose")} onFile={take} />
          <div>
            <label className="form-label" htmlFor={id}>
              {t("file.expected")}
            </label>
            <input
              id={id}
              className={wrong ? "form-control ck-mono is-invalid" : "form-control ck-mono"}
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              value={text}
              aria-invalid={wrong}
              aria-describedby={`${id}-help`}
              onChange={({ target }) => setText(target.value)}
            />
            <p id={`${id}-help`} className={wrong ? "invalid-feedback d-block mb-0" : "form-text mb-0"}>
              {t(wrong ? "file.expectedWrong" : "file.expectedHelp")}
            </p>
          </div>
        </div>
        {isPending && <Loading what={t("file.reading")} />}
        {error && <ErrorNotice error={error} actions={{ retry }} />}
        {tooLarge && <Notice tone="warn" live="alert" title={t("file.tooLarge")} />}
        {file && <FileFacts file={file} expected={expected} />}
        {file?.report ? (
          <ExportReportView report={file.report} />
        ) : file ? (
          <AnchorSearch wanted={file.reference} subject="file" />
        ) : (
          expected && !isPending && <AnchorSearch wanted={expected} subject="digest" />
        )}
      </div>
    </Page>
  );
}
