import type { HealthLinkFile } from "@chartkey/sdk";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CardView } from "../../components/cards/CardView.tsx";
import { IssuerKeys } from "../../components/cards/IssuerKeys.tsx";
import { Resources } from "../../components/cards/Resources.tsx";
import { Attachments } from "../../components/files/Attachments.tsx";
import { Notice } from "../../components/Notice.tsx";
import type { ShownFile, ShownRecords } from "../../lib/cards/content.ts";
import { useCardChecks, type IssuerCheck } from "../../lib/cards/useCardChecks.ts";
import { openDownload } from "../../lib/download.ts";
import type { OpenedLink } from "./useOpening.ts";

/** What a link opened, as text: nothing of it runs, and nothing of it is fetched unless somebody says so. */
export function OpenedFiles({ opened: { files, shown, time } }: { readonly opened: OpenedLink }) {
  const { t } = useTranslation("viewer");
  const cards = shown.flatMap((file) => (file.kind === "cards" ? file.cards.map(({ card }) => card) : []));
  const { byIssuer, check } = useCardChecks(cards);
  const issuers = [...new Set(cards.map(({ issuer }) => issuer))];
  const hasUnsigned = cards.length === 0 || shown.some(({ kind }) => kind === "fhir");
  return (
    <>
      {hasUnsigned && (
        <Notice className="mt-4" title={t(cards.length === 0 ? "unsigned" : "unsignedRest")}>
          {t("unsignedText")}
        </Notice>
      )}
      {issuers.map((issuer) => (
        <IssuerKeys key={issuer} issuer={issuer} source={byIssuer.get(issuer)?.source} onCheck={check} mayAsk />
      ))}
      {files.map((file, place) => (
        <FileView key={place} file={file} shown={shown[place]!} byIssuer={byIssuer} time={time} />
      ))}
    </>
  );
}

interface FileViewProps {
  readonly file: HealthLinkFile;
  readonly shown: ShownFile;
  readonly byIssuer: ReadonlyMap<string, IssuerCheck>;
  /** Unix seconds at which it came. */
  readonly time: number;
}

function FileView({ file, shown, byIssuer, time }: FileViewProps) {
  const { t } = useTranslation("viewer");
  const [saved, setSaved] = useState(false);
  const save = async () => {
    const download = await openDownload(shown.kind === "cards" ? "health.smart-health-card" : "health-link.json");
    if (download === null) return;
    const writer = download.sink.getWriter();
    await writer.write(file.data);
    await writer.close();
    download.finish();
    setSaved(true);
  };
  return (
    <section className="ck-gap" aria-label={labelOf(shown, t)}>
      <Content shown={shown} byIssuer={byIssuer} time={time} />
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

const labelOf = (shown: ShownFile, t: (key: "count" | "card.count", values: { count: number }) => string) =>
  shown.kind === "cards"
    ? t("card.count", { count: shown.cards.length })
    : t("count", { count: shown.kind === "fhir" ? shown.resources.length : 0 });

function Content({ shown, byIssuer, time }: Omit<FileViewProps, "file">) {
  const { t } = useTranslation("viewer");
  const recordsOf = (records: ShownRecords) => (
    <Resources shown={records} below={(resource) => <Attachments resource={resource} saved={t("saved")} />} />
  );
  if (shown.kind === "fhir") return recordsOf(shown);
  if (shown.kind !== "cards") return <p>{t(shown.kind)}</p>;
  return (
    <>
      {shown.cards.map((each, place) => (
        <CardView
          key={place}
          shown={each}
          check={byIssuer.get(each.card.issuer)?.checks.get(each.card.jws)}
          time={time}
        >
          {recordsOf(each)}
        </CardView>
      ))}
      {shown.unreadable > 0 && <p className="ck-2 mt-3">{t("card.unreadable", { count: shown.unreadable })}</p>}
    </>
  );
}
