import type { ImportNote, NoteCount, ScannedFile } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { CategoryCounts } from "./CategoryCounts.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { useLocale } from "../lib/i18n/useLocale.ts";

/** Notes shown of each kind; a damaged file may have thousands. */
const SHOWN = 200;

/** What of a file can be taken, what was repaired, and what was refused and why. */
export function ImportReport({
  result: { categories, repaired, refused, unlisted, refusedPlaces },
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
      <Notes
        title={t("report.repaired", { number: (repaired.length + sum(unlisted.repaired)).toLocaleString(locale) })}
        notes={repaired}
        unlisted={unlisted.repaired}
      />
      <Notes
        title={t("report.refused", { number: refusedPlaces.toLocaleString(locale) })}
        notes={refused}
        unlisted={unlisted.refused}
        open
      />
    </section>
  );
}

const sum = (counts: readonly NoteCount[]) => counts.reduce((all, { count }) => all + count, 0);

interface NotesProps {
  readonly title: string;
  readonly notes: readonly ImportNote[];
  /** Those that were counted only. */
  readonly unlisted: readonly NoteCount[];
  readonly open?: boolean;
}

function Notes({ title, notes, unlisted, open = false }: NotesProps) {
  const { t } = useTranslation("entries");
  const locale = useLocale();
  const more = notes.length - SHOWN;
  if (notes.length + unlisted.length === 0) return <p className="ck-2 ck-s mb-0">{title}</p>;
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
      {more > 0 && <p className="ck-s ck-2 mt-2">{t("report.more", { number: more.toLocaleString(locale) })}</p>}
      {unlisted.length > 0 && (
        <>
          <p className="ck-s ck-2 mt-2 mb-1">{t("report.counted", { number: sum(unlisted).toLocaleString(locale) })}</p>
          <ul className="ck-list">
            {unlisted.map(({ reason, count }) => (
              <li key={reason} className="d-block">
                <span className="ck-num">{count.toLocaleString(locale)}</span> ×{" "}
                <bdi dir="ltr" lang="en">
                  {reason}
                </bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
