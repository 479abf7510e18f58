import { blobSink, MAX_HELD } from "@chartkey/sdk";
import { lazy, Suspense, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { openDownload } from "../../lib/download.ts";
import { viewerOf, type Viewer } from "../../lib/files/mediaType.ts";
import { formatSize } from "../../lib/files/size.ts";
import type { FileSource, ShownFileProps } from "../../lib/files/source.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { Loading } from "../Loading.tsx";

const Picture = lazy(() => import("./Picture.tsx"));
const PdfPages = lazy(() => import("./PdfPages.tsx"));
const DicomHeader = lazy(() => import("./DicomHeader.tsx"));
const HealthCards = lazy(() => import("./HealthCards.tsx"));
const PlainText = lazy(() => import("./PlainText.tsx"));

function Shown({ viewer, ...shown }: ShownFileProps & { readonly viewer: Viewer }) {
  switch (viewer) {
    case "picture":
      return <Picture {...shown} />;
    case "pdf":
      return <PdfPages {...shown} />;
    case "dicom":
      return <DicomHeader {...shown} />;
    case "card":
      return <HealthCards {...shown} />;
    case "text":
      return <PlainText {...shown} />;
  }
}

interface FileBoxProps {
  readonly source: FileSource;
  /** Said when it was saved: what was checked. */
  readonly saved: string;
}

/**
 * A file: what it is, and how to have it. Pictures, PDF, text and what a DICOM file says of itself are shown on request, after the whole
 * of it was checked; all else is saved and never shown: whatever it is, it cannot act in this page.
 */
export function FileBox({ source, saved }: FileBoxProps) {
  const { t } = useTranslation("files");
  const locale = useLocale();
  const { title, contentType, size, write } = source;
  const [file, setFile] = useState<Blob | null>(null);
  const viewer = viewerOf(contentType);
  const show = useAction(
    useCallback(async () => {
      const { sink, blob } = blobSink(contentType);
      await write(sink);
      setFile(blob());
    }, [write, contentType]),
  );
  const save = useAction(
    useCallback(async () => {
      const download = await openDownload(title);
      if (download === null) return;
      await write(download.sink);
      download.finish();
    }, [write, title]),
  );
  const [failed] = [show, save].filter(({ error }) => error !== null);
  return (
    <section className="ck-stack" aria-label={title}>
      <dl className="ck-def">
        <dt>{t("type")}</dt>
        <dd>
          <bdi>{contentType}</bdi>
        </dd>
        <dt>{t("size")}</dt>
        <dd>{formatSize(size, locale)}</dd>
      </dl>
      {file !== null && viewer && (
        <Suspense fallback={<Loading what={t("showing")} />}>
          <Shown viewer={viewer} file={file} title={title} />
        </Suspense>
      )}
      {failed && <ErrorNotice error={failed.error} actions={{ retry: () => void failed.run() }} />}
      <div>
        <div className="ck-actions">
          {viewer && file === null && size <= MAX_HELD && (
            <button type="button" className="btn btn-plain" disabled={show.running} onClick={() => void show.run()}>
              {show.running ? t("showing") : t(`show.${viewer}`)}
            </button>
          )}
          <button type="button" className="btn btn-plain" disabled={save.running} onClick={() => void save.run()}>
            {save.running ? t("saving") : t("save")}
          </button>
        </div>
        <p className="ck-s ck-2 mt-2 mb-0" role="status">
          {save.phase === "done" ? saved : t("limit")}
        </p>
      </div>
    </section>
  );
}
