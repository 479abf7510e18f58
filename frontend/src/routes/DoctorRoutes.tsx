import { RequireRole } from "../features/session/RequireRole.tsx";
import { StandingPage } from "../features/session/StandingPage.tsx";

/** What a doctor sees first. */
export default function DoctorRoutes() {
  return (
    <RequireRole role="doctor">
      <StandingPage role="doctor" />
    </RequireRole>
  );
}
