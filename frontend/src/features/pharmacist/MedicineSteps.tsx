import type { countsOf } from "@chartkey/sdk";
import type { OrderedMedicine } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../lib/i18n/useLocale.ts";

interface MedicineStepsProps {
  readonly medicines: readonly OrderedMedicine[];
  readonly counts: ReturnType<typeof countsOf>;
  /** How often each medicine is handed out now, by its place. */
  readonly amounts: readonly number[];
  readonly fixed: boolean;
  readonly onChange: (amounts: number[]) => void;
}

/** The medicines of a prescription, each with how often it is handed out now: never more than remains. */
export function MedicineSteps({ medicines, counts, amounts, fixed, onChange }: MedicineStepsProps) {
  const { t } = useTranslation("pharmacist");
  const locale = useLocale();
  return (
    <ul className="ck-list">
      {medicines.map(({ medicine, dosage, quantity }, place) => {
        const { prescribed = 0, remaining = 0 } = counts[place] ?? {};
        const amount = amounts[place] ?? 0;
        const step = (by: number) => onChange(amounts.map((each, at) => (at === place ? each + by : each)));
        return (
          <li key={place} className="ck-wrap align-items-center">
            <div className="ck-grow">
              <p className="ck-row-title">
                <bdi>{medicine}</bdi>
              </p>
              {dosage && (
                <p className="ck-meta">
                  <bdi>{dosage}</bdi>
                </p>
              )}
              {quantity && (
                <p className="ck-meta">
                  {t("each")}{" "}
                  <bdi>{[quantity.value.toLocaleString(locale), quantity.unit].filter(Boolean).join(" ")}</bdi>
                </p>
              )}
            </div>
            <div className="ck-end">
              {!fixed && (
                <span className="ck-steps" role="group" aria-label={t("howOften", { medicine })}>
                  <button
                    type="button"
                    className="btn btn-plain btn-sm"
                    disabled={amount === 0}
                    onClick={() => step(-1)}
                    aria-label={t("less", { medicine })}
                  >
                    −
                  </button>
                  <output className="ck-value" aria-live="polite">
                    {t("times", { number: amount.toLocaleString(locale) })}
                  </output>
                  <button
                    type="button"
                    className="btn btn-plain btn-sm"
                    disabled={amount >= remaining}
                    onClick={() => step(1)}
                    aria-label={t("oneMore", { medicine })}
                  >
                    +
                  </button>
                </span>
              )}
              <span className="d-block ck-xs ck-2 mt-1">
                {t("leftNow", { left: remaining.toLocaleString(locale), all: prescribed.toLocaleString(locale) })}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
