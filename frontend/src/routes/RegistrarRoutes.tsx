import RegistrarPage from "../features/registrar/RegistrarPage.tsx";
import { RequireRole } from "../features/session/RequireRole.tsx";

/** The page of the registrar. */
export default function RegistrarRoutes() {
  return (
    <RequireRole role="registrar">
      <RegistrarPage />
    </RequireRole>
  );
}
