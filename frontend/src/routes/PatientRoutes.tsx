import { Outlet } from "react-router";
import { RequireRole } from "../features/session/RequireRole.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** What a patient's pages stand in: the role, and the unlocked key. */
export default function PatientRoutes() {
  return (
    <RequireRole role="patient">
      <RequireVault>
        <Outlet />
      </RequireVault>
    </RequireRole>
  );
}
