import { categories } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { BillForm } from "./BillForm.tsx";
import { WriteFrame } from "./WriteFrame.tsx";

/** Adds a bill to a patient's chart. */
export function BillPage() {
  const { t } = useTranslation("billing");
  return (
    <WriteFrame heading={t("heading")} refused={t("refused")} categories={[categories.administrative]}>
      {({ grant, name, chartPath }) => <BillForm patient={grant.patient} name={name} chartPath={chartPath} />}
    </WriteFrame>
  );
}
