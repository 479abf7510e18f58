import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useHospitals } from "../../lib/hospitals/useHospitals.ts";

const steps = ["create", "accredit", "invite"] as const;

/** What comes first in a practice system without a hospital, and by which of its accounts. */
export function FirstSteps() {
  const { t } = useTranslation("connect");
  const id = useId();
  const { data } = useHospitals();
  if (data?.length !== 0) return null;
  return (
    <div>
      <p className="mb-2" id={id}>
        <strong>{t("development.first.title")}</strong>
      </p>
      <ol className="mb-0" aria-labelledby={id}>
        {steps.map((step) => (
          <li key={step}>{t(`development.first.${step}`)}</li>
        ))}
      </ol>
    </div>
  );
}
