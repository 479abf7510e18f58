import { RequireRole } from "../features/session/RequireRole.tsx";
import { StandingPage } from "../features/session/StandingPage.tsx";

/** What a pharmacist sees first. */
export default function PharmacistRoutes() {
  return (
    <RequireRole role="pharmacist">
      <StandingPage role="pharmacist" />
    </RequireRole>
  );
}
