import { RequireRole } from "../features/session/RequireRole.tsx";
import { StandingPage } from "../features/session/StandingPage.tsx";

/** What a registrar sees first. */
export default function RegistrarRoutes() {
  return (
    <RequireRole role="registrar">
      <StandingPage role="registrar" />
    </RequireRole>
  );
}
