import type { ReceivedGrant } from "@chartkey/sdk";
import { categories } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ChartItem } from "../../lib/chart/items.ts";
import { categoriesOf, hasCategory, type RecordCategory } from "../../lib/format/categories.ts";
import { formatList } from "../../lib/format/list.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { fileCategories } from "../../lib/files/categories.ts";
import { kinds, kindTable } from "./lib/kinds.ts";

interface Action {
  readonly key: string;
  /** One of these has to be granted. */
  readonly categories: readonly RecordCategory[];
  readonly to: string;
}

const actions: readonly Action[] = [
  { key: "prescribe", categories: [4], to: "prescribe" },
  ...kinds.map((kind) => ({ key: kind, categories: [kindTable[kind].category], to: `write/${kind}` })),
  { key: "measure", categories: [categories.results], to: "write/measure" },
  { key: "bill", categories: [categories.administrative], to: "write/bill" },
  { key: "attach", categories: fileCategories, to: "write/attach" },
];

interface ChartActionsProps {
  readonly grant: ReceivedGrant;
  /** The lines of the chart; one without access stands for an entry. */
  readonly items: readonly ChartItem[];
}

/** What the doctor may add to the chart, and in words what he may see of it. */
export function ChartActions({ grant, items }: ChartActionsProps) {
  const { t } = useTranslation("doctor");
  const locale = useLocale();
  const offered = actions.filter(({ categories }) => categories.some((each) => hasCategory(grant.write, each)));
  const closed = items.filter(({ integrity }) => integrity === "noAccess").length;
  const words = formatList(
    categoriesOf(grant.read).map((category) => t(`common:category.${category}`)),
    locale,
  );
  return (
    <div className="mt-4">
      {offered.length > 0 ? (
        <div className="ck-actions">
          {offered.map(({ key, to }, index) => (
            <Link
              key={key}
              className={`btn ${index === 0 ? "btn-primary" : "btn-plain"}`}
              to={`/doctor/patients/${grant.patient}/${to}`}
            >
              {t(`action.${key}`)}
            </Link>
          ))}
        </div>
      ) : (
        <p className="ck-2 mb-0">{t("action.none")}</p>
      )}
      <p className="ck-s ck-2 mt-3 mb-0 ck-measure">
        {grant.read === 0 ? t("action.readsNothing") : t("action.reads", { categories: words })}
        {closed > 0 && ` ${t("action.closed", { count: closed })}`}
      </p>
    </div>
  );
}
