import { PatientName } from "../features/doctor/PatientName.tsx";
import { useReceivedGrants } from "../features/doctor/queries.ts";
import { inForce } from "../features/doctor/usePatient.ts";
import { InboxPage } from "../features/messages/InboxPage.tsx";
import { hasCategory } from "../lib/format/categories.ts";
import { useNow } from "../lib/format/useNow.ts";

/** The doctor's conversations over all patients who share theirs. */
export default function DoctorInboxRoute() {
  const { data, error, refetch } = useReceivedGrants();
  const now = useNow();
  const patients = data
    ?.filter((grant) => inForce(grant, now) && hasCategory(grant.read, 9))
    .map(({ patient }) => patient);
  return (
    <InboxPage
      patients={patients}
      error={data ? null : error}
      onRetry={() => void refetch()}
      nameOf={(patient) => <PatientName patient={patient} />}
    />
  );
}
