import { useTranslation } from "react-i18next";
import { Link } from "react-router";

export interface CategoryTabsProps {
  readonly counts: readonly (readonly [category: number, count: number])[];
  readonly total: number;
  /** The category shown; null for all. */
  readonly current: number | null;
  /** Whether the whole chart was counted; else no number is said. */
  readonly isWhole: boolean;
}

/** The categories that a chart has entries in, each with their number. */
export function CategoryTabs({ counts, total, current, isWhole }: CategoryTabsProps) {
  const { t } = useTranslation("chart");
  return (
    <nav aria-label={t("tabs")}>
      <ul className="ck-tabs">
        <li>
          <Link to="?" replace aria-current={current === null ? "page" : undefined}>
            {t("all")} {isWhole && <span>{total}</span>}
          </Link>
        </li>
        {counts.map(([category, count]) => (
          <li key={category}>
            <Link to={`?category=${category}`} replace aria-current={current === category ? "page" : undefined}>
              {t(`common:category.${category}`)} {isWhole && <span>{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
