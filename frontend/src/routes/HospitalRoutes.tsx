import { RequireRole } from "../features/session/RequireRole.tsx";
import { StandingPage } from "../features/session/StandingPage.tsx";

/** What a hospital administrator sees first. */
export default function HospitalRoutes() {
  return (
    <RequireRole role="hospital">
      <StandingPage role="hospital" />
    </RequireRole>
  );
}
