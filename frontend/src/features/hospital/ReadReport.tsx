import { useTranslation } from "react-i18next";
import { Notice } from "../../components/Notice.tsx";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import type { ReadList } from "./lib/people.ts";

/** Lines named at most. */
const SHOWN = 100;

/** What was read of a list, and of each line that is nobody why: of the first ones, since a list may have thousands. */
export function ReadReport({ read: { people, refused, missing } }: { readonly read: ReadList }) {
  const { t } = useTranslation("invitations");
  const locale = useLocale();
  if (missing.length > 0)
    return <Notice tone="warn" live="alert" title={t("missing", { columns: missing.join(", ") })} />;
  return (
    <>
      <p className="mb-0 ck-strong" role="status">
        {t("read", { count: people.length })}
      </p>
      {refused.length > 0 && (
        <Notice tone="warn" title={t("refused", { count: refused.length })}>
          <ul className="mb-0">
            {refused.slice(0, SHOWN).map(({ line, reason, found }) => (
              <li key={line}>
                {t("refusedLine", { line: line.toLocaleString(locale), reason: t(`reason.${reason}`) })}
                {found !== "" && (
                  <>
                    {" "}
                    <bdi className="ck-mono ck-break">{found.slice(0, 80)}</bdi>
                  </>
                )}
              </li>
            ))}
          </ul>
          {refused.length > SHOWN && <p className="mt-2 mb-0">{t("refusedMore", { count: refused.length - SHOWN })}</p>}
        </Notice>
      )}
    </>
  );
}
