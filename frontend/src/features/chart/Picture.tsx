import { blobSink, openRecordInto } from "@chartkey/sdk";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

interface PictureProps {
  /** A record that is a picture. */
  readonly item: ChartItem;
  readonly title: string;
}

/** Draws a picture of a chart when it is asked for, after every byte of it was checked. Its type is what the browser takes it for. */
export function Picture({ item: { file, entry, recordId, index }, title }: PictureProps) {
  const { t } = useTranslation("chart");
  const session = useUnlockedSession();
  const [picture, setPicture] = useState<Blob | null>(null);
  const [drawn, setDrawn] = useState(true);
  const contentType = file?.contentType ?? "";
  const show = useAction(
    useCallback(async () => {
      const { sink, blob } = blobSink(contentType);
      await openRecordInto(required(session), entry.patient, { recordId, index }, sink);
      setPicture(blob());
    }, [session, entry.patient, recordId, index, contentType]),
  );
  // The URL lives as long as the image: what is ready after the page was left, or locked, gets none.
  const draw = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(picture ?? new Blob());
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [picture],
  );
  if (!drawn) return <Notice tone="warn" live="alert" title={t("file.notDrawn")} />;
  if (picture !== null)
    return (
      <div>
        <img className="ck-picture" ref={draw} alt={title} onError={() => setDrawn(false)} />
      </div>
    );
  return (
    <>
      {show.error !== null && <ErrorNotice error={show.error} actions={{ retry: () => void show.run() }} />}
      <div>
        <button type="button" className="btn btn-plain" disabled={show.running} onClick={() => void show.run()}>
          {show.running ? t("file.showing") : t("file.show")}
        </button>
      </div>
    </>
  );
}
