import { useTranslation } from "react-i18next";
import { billSums } from "../../lib/chart/bills.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { formatMoney } from "../../lib/format/money.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

interface BillTotalsProps {
  readonly items: readonly ChartItem[];
  /** Whether the lines are those that a search found. */
  readonly searched: boolean;
}

/** What the bills among these lines come to, in words; nothing when there are none. */
export function BillTotals({ items, searched }: BillTotalsProps) {
  const { t } = useTranslation("billing");
  const locale = useLocale();
  const { totals, withoutTotal } = billSums(items);
  if (totals.length === 0 && withoutTotal === 0) return null;
  return (
    <section className="mt-4" aria-label={t("totals.label")}>
      {totals.map(({ currency, count, amount }) => (
        <p key={currency} className="mb-1 ck-strong">
          {t("totals.line", { count, amount: formatMoney(amount, currency, locale) })}
        </p>
      ))}
      {withoutTotal > 0 && <p className="mb-1">{t("totals.without", { count: withoutTotal })}</p>}
      <p className="ck-s ck-2 mb-0 ck-measure">
        {searched && t("totals.searched")} {t("totals.limit")}
      </p>
    </section>
  );
}
