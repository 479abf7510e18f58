import type { HealthLinkFile } from "@chartkey/sdk";
import { proseOf } from "@chartkey/sdk/records";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Attachments } from "../../components/files/Attachments.tsx";
import { Narrative } from "../../components/Narrative.tsx";
import { Notice } from "../../components/Notice.tsx";
import { ResourceLine } from "../../components/ResourceLine.tsx";
import { SummaryView } from "../../components/SummaryView.tsx";
import { openDownload } from "../../lib/download.ts";
import type { ShownFile, ShownResource } from "./content.ts";
import type { OpenedLink } from "./useOpening.ts";

/** What a link opened, as text: nothing of it runs, and nothing of it is fetched. */
export function OpenedFiles({ opened: { files, shown } }: { readonly opened: OpenedLink }) {
  const { t } = useTranslation("viewer");
  return (
    <>
      <Notice className="mt-4" title={t("unsigned")}>
        {t("unsignedText")}
      </Notice>
      {files.map((file, place) => (
        <FileView key={place} file={file} shown={shown[place]!} />
      ))}
    </>
  );
}

const said = { card: "foreignCard", foreign: "foreign", unreadable: "unreadable", beyond: "beyond" } as const;

function FileView({ file, shown }: { readonly file: HealthLinkFile; readonly shown: ShownFile }) {
  const { t } = useTranslation("viewer");
  const [saved, setSaved] = useState(false);
  const { kind, resources, unusable, rest } = shown;
  const save = async () => {
    const download = await openDownload("health-link.json");
    if (download === null) return;
    const writer = download.sink.getWriter();
    await writer.write(file.data);
    await writer.close();
    download.finish();
    setSaved(true);
  };
  return (
    <section className="ck-gap" aria-label={t("count", { count: resources.length })}>
      {kind === "fhir" ? <Resources resources={resources} /> : <p>{t(said[kind])}</p>}
      {unusable > 0 && <p className="ck-2 mt-3">{t("unusable", { count: unusable })}</p>}
      {rest > 0 && <p className="ck-2 mt-3">{t("rest", { count: rest })}</p>}
      <div className="ck-actions mt-4">
        <button type="button" className="btn btn-plain" onClick={() => void save()}>
          {t("save")}
        </button>
      </div>
      <p className="form-text" role="status">
        {saved && t("saved")}
      </p>
    </section>
  );
}

function Resources({ resources }: { readonly resources: readonly ShownResource[] }) {
  const { t } = useTranslation("viewer");
  const categories = [...new Set(resources.map(({ category }) => category))];
  return (
    <>
      <p className="ck-2">{t("count", { count: resources.length })}</p>
      {categories.map((category) => (
        <section key={category} className="mt-4">
          <h3 className="mb-2">{t(`common:category.${category}`)}</h3>
          <ul className="ck-list">
            {resources
              .filter((each) => each.category === category)
              .map((each, place) => (
                <ResourceRow key={place} shown={each} />
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function ResourceRow({ shown: { resource, summary } }: { readonly shown: ShownResource }) {
  const { t } = useTranslation("viewer");
  return (
    <li>
      <details className="ck-grow ck-raw">
        <summary>
          <ResourceLine resource={resource} summary={summary} className="ck-strong" />
        </summary>
        <div className="ck-stack mt-3">
          <SummaryView summary={summary} />
          <Narrative prose={proseOf(resource)} />
          <Attachments resource={resource} saved={t("saved")} />
        </div>
      </details>
    </li>
  );
}
