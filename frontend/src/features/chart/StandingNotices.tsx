import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Notice } from "../../components/Notice.tsx";
import { Time } from "../../components/Time.tsx";
import { keyOf, type ChartItem } from "../../lib/chart/items.ts";

/** What to know before reading an entry: that the reader hides it from others, or that a later one replaces or disputes it. */
export function StandingNotices({ item: { integrity, withheldSince, standing } }: { readonly item: ChartItem }) {
  const { t } = useTranslation("control");
  const later = standing.state === "superseded" ? [standing.by] : standing.state === "disputed" ? standing.by : [];
  return (
    <>
      {integrity === "verified" && withheldSince !== undefined && (
        <Notice icon="lock" title={t("own.title")}>
          <p>
            {t("own.text")} <Time seconds={withheldSince} />
          </p>
        </Notice>
      )}
      {standing.state !== "current" && (
        <Notice tone={standing.state === "disputed" ? "warn" : "plain"} title={t(`standing.${standing.state}.title`)}>
          <p>{t(`standing.${standing.state}.text`)}</p>
          <ul className="list-unstyled mb-0">
            {later.map((reference) => (
              <li key={keyOf(reference)}>
                <Link className="ck-tap" relative="path" to={`../${keyOf(reference)}`}>
                  {t("standing.later")}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
