import { MAX_FILLS } from "@chartkey/sdk";
import { codeNotices } from "@chartkey/sdk/records";
import { useEffect } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { CodeNotices } from "../../components/CodeNotices.tsx";
import { CodedField } from "../../components/fields/CodedField.tsx";
import { TextField } from "../../components/fields/TextField.tsx";
import { parseCount } from "../../lib/format/decimal.ts";
import { parseQuantity, type Medicine, type TypedMedicine } from "./lib/order.ts";

const EMPTY: TypedMedicine = { medicine: "", coding: null, dosage: "", quantity: "", fills: "1" };

interface MedicineFormProps {
  /** What is changed; missing for a new medicine. */
  readonly medicine?: Medicine | undefined;
  /** What a new medicine begins with. */
  readonly begun?: TypedMedicine | null;
  readonly onSave: (medicine: Medicine) => void;
  readonly onCancel?: (() => void) | undefined;
  /** What is typed and not taken over yet; null when that is nothing. The same function at every render. */
  readonly onTyped: (typed: TypedMedicine | null) => void;
}

/** One medicine: name, how to take it, how often it may be handed out. */
export function MedicineForm({ medicine, begun, onSave, onCancel, onTyped }: MedicineFormProps) {
  const { t } = useTranslation("doctor");
  const saved: TypedMedicine = medicine
    ? {
        ...{ medicine: medicine.medicine, coding: medicine.coding },
        ...{ dosage: medicine.dosage, quantity: medicine.quantity, fills: `${medicine.fills}` },
      }
    : EMPTY;
  const form = useForm({ defaultValues: begun ?? saved });
  const typed = useWatch({ control: form.control });
  const left = JSON.stringify({ ...saved, ...typed });
  const changed = left !== JSON.stringify(saved);
  useEffect(() => {
    onTyped(changed ? (JSON.parse(left) as TypedMedicine) : null);
    return () => onTyped(null);
  }, [changed, left, onTyped]);
  const needed = (message: string) => ({ validate: (value: string) => value.trim() !== "" || t(message) });
  return (
    <FormProvider {...form}>
      <form
        className="ck-fields"
        noValidate
        onSubmit={(event) =>
          void form.handleSubmit((entered) =>
            onSave({
              medicine: entered.medicine.trim(),
              coding: entered.coding,
              dosage: entered.dosage.trim(),
              quantity: entered.quantity.trim(),
              fills: parseCount(entered.fills) ?? 1,
              reason: medicine?.reason ?? "",
            }),
          )(event)
        }
      >
        <CodedField
          name="medicine"
          codingName="coding"
          subject="medicine"
          label={t("order.medicine")}
          hint={t("order.medicineHint")}
          rules={needed("order.medicineMissing")}
        />
        <TextField
          name="dosage"
          label={t("order.dosage")}
          hint={t("order.dosageHint")}
          autoComplete="off"
          rules={needed("order.dosageMissing")}
        />
        <TextField
          name="quantity"
          label={t("order.quantity")}
          hint={t("order.quantityHint")}
          autoComplete="off"
          rules={{
            validate: (value: string) =>
              value.trim() === "" || parseQuantity(value) !== null || t("order.quantityWrong"),
          }}
        />
        <TextField
          name="fills"
          label={t("order.fills")}
          inputMode="numeric"
          autoComplete="off"
          rules={{
            validate: (value: string) => {
              const fills = parseCount(value) ?? 0;
              return (fills >= 1 && fills <= MAX_FILLS) || t("order.fillsWrong", { most: MAX_FILLS });
            },
          }}
        />
        <CodeNotices notices={codeNotices("medicine")} isEnglish />
        <div className="ck-actions">
          <button type="submit" className="btn btn-plain">
            {t(medicine ? "order.save" : "order.add")}
          </button>
          {onCancel ? (
            <button type="button" className="btn btn-quiet" onClick={onCancel}>
              {t("order.cancelEdit")}
            </button>
          ) : (
            changed && (
              <button type="button" className="btn btn-quiet" onClick={() => form.reset(saved)}>
                {t("order.clear")}
              </button>
            )
          )}
        </div>
      </form>
    </FormProvider>
  );
}
