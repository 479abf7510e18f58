import type { RemovalReport as Removed } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { useLocale } from "../lib/i18n/useLocale.ts";
import { StatusBadge } from "./StatusBadge.tsx";

interface Line {
  readonly kind: Removed["kind"];
  readonly outcome: Removed["outcome"];
  readonly number: number;
}

/** Files of the same kind and outcome are one line: an import has thousands. */
function linesOf(files: readonly Removed[], store: string): Line[] {
  const lines = new Map<string, Line>();
  for (const { kind, outcome } of files.filter((file) => file.store === store)) {
    const key = `${kind} ${outcome}`;
    lines.set(key, { kind, outcome, number: (lines.get(key)?.number ?? 0) + 1 });
  }
  return [...lines.values()];
}

/** What each store said that it did with files which were to go. */
export function RemovalReport({ files }: { readonly files: readonly Removed[] }) {
  const { t } = useTranslation("control");
  const locale = useLocale();
  const stores = [...new Set(files.map(({ store }) => store))];
  if (stores.length === 0) return <p className="ck-2 mb-0">{t("removal.none")}</p>;
  return (
    <ul className="ck-list" aria-label={t("removal.label")}>
      {stores.map((store) => {
        const lines = linesOf(files, store);
        const failed = lines.some(({ outcome }) => outcome === "failed");
        return (
          <li key={store} className="ck-wrap">
            <div className="ck-grow">
              <p className="ck-row-title">
                <bdi dir="ltr" className="text-break">
                  {store}
                </bdi>
              </p>
              {lines.map(({ kind, outcome, number }) => (
                <p key={`${kind} ${outcome}`} className="ck-meta">
                  {t(`removal.kind.${kind}`, { number: number.toLocaleString(locale) })}{" "}
                  {t(`removal.outcome.${outcome}`)}
                </p>
              ))}
            </div>
            <div className="ck-end ck-s">
              <StatusBadge tone={failed ? "bad" : "ok"}>{t(failed ? "removal.failed" : "removal.done")}</StatusBadge>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
