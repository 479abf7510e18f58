import { MAX_HELD, openRecordInto } from "@chartkey/sdk";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { openDownload } from "../../lib/download.ts";
import { isPicture } from "../../lib/files/mediaType.ts";
import { formatSize } from "../../lib/files/size.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { Picture } from "./Picture.tsx";

/**
 * A file of a chart: what it is, and how to have it. A picture is drawn on request; all else is
 * saved and never shown here: whatever it is, it cannot act in this page.
 */
export function FileContent({ item, title }: { readonly item: ChartItem; readonly title: string }) {
  const { t } = useTranslation("chart");
  const locale = useLocale();
  const session = useUnlockedSession();
  const { file, entry, recordId, index } = item;
  const save = useAction(
    useCallback(async () => {
      const download = await openDownload(title);
      if (download === null) return;
      await openRecordInto(required(session), entry.patient, { recordId, index }, download.sink);
      download.finish();
    }, [session, entry.patient, recordId, index, title]),
  );
  if (!file) return null;
  return (
    <section className="ck-stack">
      <dl className="ck-def">
        <dt>{t("file.type")}</dt>
        <dd>
          <bdi>{file.contentType}</bdi>
        </dd>
        <dt>{t("file.size")}</dt>
        <dd>{formatSize(file.size, locale)}</dd>
      </dl>
      {isPicture(file.contentType) && file.size <= MAX_HELD && <Picture item={item} title={title} />}
      {save.error !== null && <ErrorNotice error={save.error} actions={{ retry: () => void save.run() }} />}
      <div>
        <button type="button" className="btn btn-primary" disabled={save.running} onClick={() => void save.run()}>
          {save.running ? t("file.saving") : t("file.save")}
        </button>
        <p className="ck-s ck-2 mt-2 mb-0" role="status">
          {save.phase === "done" ? t("file.saved") : t("file.limit")}
        </p>
      </div>
    </section>
  );
}
