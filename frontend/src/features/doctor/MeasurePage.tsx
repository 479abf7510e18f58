import { categories } from "@chartkey/sdk/records";
import { useTranslation } from "react-i18next";
import { MeasureForm } from "./MeasureForm.tsx";
import { WriteFrame } from "./WriteFrame.tsx";

/** Adds a measured value to a patient's chart. */
export function MeasurePage() {
  const { t } = useTranslation("doctor");
  return (
    <WriteFrame heading={t("measure.heading")} refused={t("measure.refused")} categories={[categories.results]}>
      {({ grant, name, chartPath }) => <MeasureForm patient={grant.patient} name={name} chartPath={chartPath} />}
    </WriteFrame>
  );
}
