import type { ExportFormat } from "@chartkey/sdk";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { BackLink } from "../../components/BackLink.tsx";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Notice } from "../../components/Notice.tsx";
import { Page } from "../../components/Page.tsx";
import { ScopePicker } from "../../components/ScopePicker.tsx";
import { recordCategories, withCategory, type CategoryMask } from "../../lib/format/categories.ts";
import { Check } from "../../components/fields/Check.tsx";
import { FormatPicker } from "./FormatPicker.tsx";
import { MadeNotice } from "./MadeNotice.tsx";
import { SummaryPaper } from "./SummaryPaper.tsx";
import { useFile, useSummary } from "./useTakeout.ts";

const EVERYTHING = recordCategories.reduce<CategoryMask>((mask, category) => withCategory(mask, category, true), 0);

/** The patient's records as a file or on paper, for systems and people that have no key. */
export default function TakeoutPage() {
  const { t } = useTranslation("chart");
  const [format, setFormat] = useState<ExportFormat>("ips");
  const [categories, setCategories] = useState(EVERYTHING);
  const [withFiles, setWithFiles] = useState(true);
  const [withProof, setWithProof] = useState(false);
  const [madeAs, setMadeAs] = useState<ExportFormat>("ips");
  const file = useFile();
  const paper = useSummary();
  const busy = file.running || paper.running;
  const make = () => {
    setMadeAs(format);
    void file.run({ format, categories, withFiles, withProof: withProof && format !== "ips" });
  };
  const { summary } = paper;
  const print = () => (summary ? window.print() : void paper.run({ categories }));
  // A sheet that has just been made is printed as soon as it is there: nobody asked for anything else.
  useEffect(() => {
    if (summary) window.print();
  }, [summary]);
  const words = (what: "files" | "proof") => ({ label: t(`takeout.${what}.label`), hint: t(`takeout.${what}.hint`) });
  return (
    <Page title={t("takeout.title")} narrow ownHeading>
      <BackLink to="/patient/chart">{t("takeout.back")}</BackLink>
      <h1 tabIndex={-1}>{t("takeout.title")}</h1>
      <p className="ck-2 mt-2 mb-4 ck-measure">{t("takeout.intro")}</p>
      <div className="ck-stack">
        <FormatPicker value={format} onChange={setFormat} />
        <ScopePicker
          legend={t("takeout.categories")}
          value={categories}
          onChange={(chosen) => {
            setCategories(chosen);
            paper.clear();
          }}
        />
        {format !== "ips" && (
          <div className="d-grid gap-2">
            <Check {...words("files")} checked={withFiles} onChange={({ target }) => setWithFiles(target.checked)} />
            <Check {...words("proof")} checked={withProof} onChange={({ target }) => setWithProof(target.checked)} />
          </div>
        )}
        <Notice tone="warn" title={t("takeout.open.title")}>
          {t("takeout.open.text")}
        </Notice>
        {file.error !== null && <ErrorNotice error={file.error} actions={{ retry: make }} />}
        {paper.error !== null && <ErrorNotice error={paper.error} actions={{ retry: print }} />}
        <div className="ck-actions">
          <button type="button" className="btn btn-primary" disabled={busy || categories === 0} onClick={make}>
            {file.running ? t("takeout.making") : t("takeout.make")}
          </button>
          <button type="button" className="btn btn-plain" disabled={busy || categories === 0} onClick={print}>
            <Icon name="printer" /> {paper.running ? t("takeout.reading") : t("takeout.print")}
          </button>
        </div>
      </div>
      {file.made && <MadeNotice made={file.made} format={madeAs} />}
      {summary && (
        <section className="ck-gap">
          <SummaryPaper summary={summary} />
        </section>
      )}
    </Page>
  );
}
