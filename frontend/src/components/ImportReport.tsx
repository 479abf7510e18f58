import type { ImportNote, ScannedFile } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { CategoryCounts } from "./CategoryCounts.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { useLocale } from "../lib/i18n/useLocale.ts";

/** Notes shown of each kind; a damaged file may have thousands. */
const SHOWN = 200;

/** What of a file can be taken, what was repaired, and what was refused and why. */
export function ImportReport({
  result: { categories, repaired, refused, refusedPlaces },
}: {
  readonly result: ScannedFile;
}) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  return (
    <section aria-live="polite" className="d-grid gap-3">
      <h2>{t("report.title")}</h2>
      <p className="mb-0">
        <StatusBadge tone={categories.length > 0 ? "ok" : "bad"}>
          {t("report.accepted", { number: categories.length.toLocaleString(locale) })}
        </StatusBadge>
      </p>
      {categories.length > 0 && (
        <dl className="ck-def">
          <CategoryCounts categories={categories} />
        </dl>
      )}
      <Notes title={t("report.repaired", { number: repaired.length.toLocaleString(locale) })} notes={repaired} />
      <Notes title={t("report.refused", { number: refusedPlaces.toLocaleString(locale) })} notes={refused} open />
    </section>
  );
}

function Notes({ title, notes, open = false }: { title: string; notes: readonly ImportNote[]; open?: boolean }) {
  const { t } = useTranslation("entries");
  if (notes.length === 0) return <p className="ck-2 ck-s mb-0">{title}</p>;
  return (
    <details className="ck-raw" open={open}>
      <summary>{title}</summary>
      <ul className="ck-list mt-2">
        {notes.slice(0, SHOWN).map(({ path, reason, line }, index) => (
          <li key={`${index} ${path}`} className="d-block">
            <bdi dir="ltr" lang="en">
              {reason}
            </bdi>
            <span className="d-block ck-meta">
              <bdi dir="ltr" className="ck-mono text-break">
                {path}
              </bdi>
              {line !== undefined && t("common:comma") + t("report.line", { line })}
            </span>
          </li>
        ))}
      </ul>
      {notes.length > SHOWN && <p className="ck-s ck-2 mt-2">{t("report.more", { number: notes.length - SHOWN })}</p>}
    </details>
  );
}
