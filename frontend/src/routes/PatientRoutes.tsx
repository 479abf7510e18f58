import { RequireRole } from "../features/session/RequireRole.tsx";
import { StandingPage } from "../features/session/StandingPage.tsx";

/** What a patient sees first. */
export default function PatientRoutes() {
  return (
    <RequireRole role="patient">
      <StandingPage role="patient" />
    </RequireRole>
  );
}
