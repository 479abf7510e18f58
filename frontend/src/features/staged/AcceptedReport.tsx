import type { AcceptedStaged } from "@chartkey/sdk";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Notice } from "../../components/Notice.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** Refused records that are shown. */
const SHOWN = 200;

/** What came into the chart, and what was left out and why. */
export function AcceptedReport({ result }: { readonly result: AcceptedStaged }) {
  const { t } = useTranslation("staged");
  const locale = useLocale();
  const { accepted, refused, problems, files } = result;
  const failed = files.some(({ outcome }) => outcome === "failed");
  return (
    <div className="d-grid gap-3 mt-4">
      <Notice
        icon={accepted > 0 ? "checkCircle" : "infoCircle"}
        live="status"
        title={t("added", { number: accepted.toLocaleString(locale) })}
        action={
          <Link className="btn btn-plain btn-sm" to="/patient/chart">
            {t("chart")}
          </Link>
        }
      />
      {failed && <Notice tone="warn">{t("failed")}</Notice>}
      {problems.length > 0 && <p className="mb-0">{t("problem")}</p>}
      {problems.map(({ digest, problem }) => (
        <ErrorNotice key={digest} error={problem} form={false} />
      ))}
      {refused.length > 0 && (
        <details className="ck-raw" open>
          <summary>{t("refused", { number: refused.length.toLocaleString(locale) })}</summary>
          <ul className="ck-list mt-2">
            {refused.slice(0, SHOWN).map(({ name, category, problem }, index) => (
              <li key={`${index} ${name}`} className="d-block">
                <bdi dir="ltr" className="ck-mono text-break">
                  {name}
                </bdi>
                <span className="d-block ck-meta">
                  {t(`common:category.${category}`)}
                  {t("common:comma")}
                  <bdi dir="ltr" lang="en">
                    {problem.message}
                  </bdi>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
