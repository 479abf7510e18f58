import { openRecordInto } from "@chartkey/sdk";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import type { ChartItem } from "../../lib/chart/items.ts";
import { openDownload } from "../../lib/download.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

const KB = 1000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes in the largest unit of which there is one. */
export function formatSize(bytes: number, locale: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KB)));
  const options = { style: "unit", unit: UNITS[power]!, unitDisplay: "short", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / KB ** power);
}

/** A file of a chart: what it is, and how to have it. It is saved and never shown here: whatever it is, it cannot act in this page. */
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
