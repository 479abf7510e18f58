import { useTranslation } from "react-i18next";

export interface CodeNoticesProps {
  /** As the owners of the terminologies word them, in English. */
  readonly notices: readonly string[];
  /** Whether the names that are offered are English too. */
  readonly isEnglish?: boolean;
}

/** Where the codes of a form come from, as their terms ask to be said beside them. */
export function CodeNotices({ notices, isEnglish }: CodeNoticesProps) {
  const { t } = useTranslation("records");
  return (
    <details className="form-text">
      <summary>{t("codes.notices")}</summary>
      {isEnglish && <p className="mt-2 mb-0">{t("codes.english")}</p>}
      <div lang="en" dir="ltr">
        {notices.map((notice) => (
          <p key={notice} className="mt-2 mb-0">
            {notice}
          </p>
        ))}
      </div>
    </details>
  );
}
