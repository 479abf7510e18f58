import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { AttachForm } from "../../components/AttachForm.tsx";
import { fileCategories } from "../../lib/files/categories.ts";
import { WriteFrame } from "./WriteFrame.tsx";

/** Adds a file to a patient's chart: a report, a picture. */
export function AttachPage() {
  const { t } = useTranslation("doctor");
  const navigate = useNavigate();
  return (
    <WriteFrame heading={t("attach.heading")} refused={t("attach.refused")} categories={fileCategories}>
      {({ grant, name, allowed, chartPath }) => (
        <div className="ck-narrow">
          <AttachForm
            patient={grant.patient}
            name={name}
            categories={allowed}
            onAdded={() => void navigate(chartPath)}
          />
        </div>
      )}
    </WriteFrame>
  );
}
