import { MAX_FILLS } from "@chartkey/sdk";
import { FormProvider, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { TextField } from "../../components/fields/TextField.tsx";
import { parseQuantity, type Medicine } from "./lib/order.ts";

interface MedicineFormProps {
  /** What is changed; missing for a new medicine. */
  readonly medicine?: Medicine | undefined;
  readonly onSave: (medicine: Medicine) => void;
  readonly onCancel?: (() => void) | undefined;
}

/** One medicine: name, how to take it, how often it may be handed out. */
export function MedicineForm({ medicine, onSave, onCancel }: MedicineFormProps) {
  const { t } = useTranslation("doctor");
  const form = useForm({
    defaultValues: {
      medicine: medicine?.medicine ?? "",
      dosage: medicine?.dosage ?? "",
      quantity: medicine?.quantity ?? "",
      fills: String(medicine?.fills ?? 1),
    },
  });
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
              dosage: entered.dosage.trim(),
              quantity: entered.quantity.trim(),
              fills: Number(entered.fills),
              reason: medicine?.reason ?? "",
            }),
          )(event)
        }
      >
        <TextField
          name="medicine"
          label={t("order.medicine")}
          hint={t("order.medicineHint")}
          autoComplete="off"
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
            validate: (value: string) =>
              (/^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_FILLS) ||
              t("order.fillsWrong", { most: MAX_FILLS }),
          }}
        />
        <div className="ck-actions">
          <button type="submit" className="btn btn-plain">
            {t(medicine ? "order.save" : "order.add")}
          </button>
          {onCancel && (
            <button type="button" className="btn btn-quiet" onClick={onCancel}>
              {t("order.cancelEdit")}
            </button>
          )}
        </div>
      </form>
    </FormProvider>
  );
}
