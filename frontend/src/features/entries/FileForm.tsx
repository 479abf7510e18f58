import { useNavigate } from "react-router";
import { AttachForm } from "../../components/AttachForm.tsx";
import { usePatientAccount } from "../../lib/acting/acting.ts";
import { fileCategories } from "../../lib/files/categories.ts";

/** A file for the patient's own chart: a result, a letter, a picture. */
export function FileForm() {
  const navigate = useNavigate();
  const patient = usePatientAccount();
  if (!patient) return null;
  return (
    <div className="mt-4">
      <AttachForm
        patient={patient}
        categories={fileCategories}
        onAdded={(category) => void navigate(`/patient/chart?category=${category}`)}
      />
    </div>
  );
}
