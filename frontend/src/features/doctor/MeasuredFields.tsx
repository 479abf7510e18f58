import { COMMON_UNITS } from "@chartkey/sdk/records";
import { useFormContext } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import { parseDecimal } from "../../lib/format/decimal.ts";
import { isBackwards, isNeverNegative, parseExact, type MeasureValues, type OfferedTest } from "./lib/measure.ts";

interface PartProps {
  /** Before the names of the fields: of the second value, "diastolic.". */
  readonly path?: "" | "diastolic.";
}

/** The usual range of one value. */
function RangeFields({ path = "" }: PartProps) {
  const { t } = useTranslation("doctor");
  const { getValues } = useFormContext<MeasureValues>();
  const end = (text: string) => text.trim() === "" || parseExact(text) !== undefined || t("measure.number");
  return (
    <>
      <TextField name={`${path}low`} label={t("measure.low")} code autoComplete="off" rules={{ validate: end }} />
      <TextField
        name={`${path}high`}
        label={t("measure.high")}
        code
        autoComplete="off"
        rules={{
          validate: (high: string) =>
            isBackwards({ low: getValues(`${path}low`), high }) ? t("measure.range") : end(high),
        }}
      />
    </>
  );
}

/** One number with its unit and usual range, inside the form of a measured value. */
export function MeasuredFields({ offered }: { readonly offered: readonly OfferedTest[] }) {
  const { t } = useTranslation("doctor");
  const { getValues } = useFormContext<MeasureValues>();
  const valid = (text: string) => {
    const parsed = parseDecimal(text);
    if (parsed === undefined) return t("measure.number");
    return parsed.value >= 0 || !isNeverNegative(offered, getValues()) || t("measure.negative");
  };
  return (
    <div className="ck-pairs">
      <TextField
        name="value"
        label={t("measure.value")}
        hint={t("measure.valueHint")}
        code
        autoComplete="off"
        rules={{ validate: valid }}
      />
      <TextField
        name="unit"
        label={t("measure.unit")}
        hint={t("measure.unitHint")}
        code
        autoComplete="off"
        suggestions={COMMON_UNITS}
      />
      <RangeFields />
    </div>
  );
}

/** Both values of a blood pressure in mmHg, each with its usual range. */
export function PressureFields() {
  const { t } = useTranslation(["doctor", "records"]);
  const { getValues } = useFormContext<MeasureValues>();
  const isPressure = (text: string) => (parseExact(text) ?? 0) > 0 || t("measure.number");
  return (
    <>
      {(["", "diastolic."] as const).map((path) => (
        <fieldset key={path} className="ck-fields">
          <legend className="form-label">{t(path === "" ? "records:test.systolic" : "records:test.diastolic")}</legend>
          <div className="ck-threes">
            <TextField
              name={`${path}value`}
              label={t("measure.pressure")}
              code
              autoComplete="off"
              inputMode="decimal"
              rules={{
                validate: (text: string) =>
                  path === "diastolic." && (parseExact(text) ?? 0) >= (parseExact(getValues("value")) ?? Infinity)
                    ? t("measure.pressureOrder")
                    : isPressure(text),
              }}
            />
            <RangeFields path={path} />
          </div>
        </fieldset>
      ))}
    </>
  );
}
