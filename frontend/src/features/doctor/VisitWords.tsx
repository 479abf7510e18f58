import { useTranslation } from "react-i18next";
import type { VisitRequest } from "../../lib/chart/request.ts";

/** What a patient wrote for a visit, or why nothing of it is shown. */
export function VisitWords({ request }: { readonly request: VisitRequest }) {
  const { t } = useTranslation("doctor");
  if (request.problem) return <span className="ck-2">{t("day.unreadable")}</span>;
  if (request.answers.length === 0) return <span className="ck-2">{t("day.nothingSaid")}</span>;
  return (
    <span>
      {request.answers.map(({ question, answer }, index) => (
        <span key={question} className={index === 0 ? "d-block" : "d-block ck-s ck-2"}>
          {index > 0 && <bdi>{question} </bdi>}
          <bdi>{answer}</bdi>
        </span>
      ))}
    </span>
  );
}
