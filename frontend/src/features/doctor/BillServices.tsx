import { amountText, currencyDecimals } from "@chartkey/sdk/records";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import { parseAmount } from "../../lib/format/amount.ts";
import { useLocale } from "../../lib/i18n/useLocale.ts";
import { MOST_SERVICES, OFFERED_SERVICES, type BillValues } from "./lib/bill.ts";

/** An amount whose thousands somebody could separate. */
const EXAMPLE = 1000;

/** What was done and what it costs, line by line, inside the form of a bill. */
export function BillServices() {
  const { t } = useTranslation("billing");
  const { control, getValues } = useFormContext<BillValues>();
  const { fields, append, remove } = useFieldArray({ control, name: "services" });
  const locale = useLocale();
  const offered = OFFERED_SERVICES.map((service) => t(`service.${service}`));
  function checkAmount(amount: string) {
    const currency = getValues("currency");
    if (parseAmount(amount, currency, locale) !== undefined) return true;
    const example = amountText(EXAMPLE, currency);
    return currencyDecimals(currency) === 0 ? t("amountNotWhole", { example }) : t("amountWrong", { example });
  }
  return (
    <fieldset className="ck-fields">
      <legend className="form-label">{t("services")}</legend>
      {fields.map(({ id }, index) => (
        <div key={id} className="ck-bill-line">
          <TextField
            name={`services.${index}.text`}
            label={t("serviceOf", { number: index + 1 })}
            autoComplete="off"
            suggestions={offered}
            rules={{ validate: (text: string) => text.trim() !== "" || t("serviceMissing") }}
          />
          <TextField
            name={`services.${index}.amount`}
            label={t("amountOf", { number: index + 1 })}
            code
            autoComplete="off"
            inputMode="decimal"
            rules={{ validate: checkAmount }}
          />
          {fields.length > 1 && (
            <button type="button" className="btn btn-quiet btn-sm" onClick={() => remove(index)}>
              {t("remove")} <span className="visually-hidden">{t("serviceOf", { number: index + 1 })}</span>
            </button>
          )}
        </div>
      ))}
      {fields.length < MOST_SERVICES && (
        <div>
          <button type="button" className="btn btn-plain btn-sm" onClick={() => append({ text: "", amount: "" })}>
            {t("another")}
          </button>
        </div>
      )}
    </fieldset>
  );
}
