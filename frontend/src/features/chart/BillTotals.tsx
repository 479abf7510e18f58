import { useTranslation } from "react-i18next";
import { billTotals } from "../../lib/chart/bills.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { formatMoney } from "../../lib/format/money.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";

/** What the bills among these lines come to, in words; nothing when there are none. */
export function BillTotals({ items }: { readonly items: readonly ChartItem[] }) {
  const { t } = useTranslation("billing");
  const locale = useLocale();
  const totals = billTotals(items);
  if (totals.length === 0) return null;
  return (
    <section className="mt-4" aria-label={t("totals.label")}>
      {totals.map(({ currency, count, amount }) => (
        <p key={currency} className="mb-1 ck-strong">
          {t("totals.line", { count, amount: formatMoney(amount, currency, locale) })}
        </p>
      ))}
      <p className="ck-s ck-2 mb-0 ck-measure">{t("totals.limit")}</p>
    </section>
  );
}
