import { Outlet } from "react-router";
import { RequireRole } from "../features/session/RequireRole.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** The pages of a hospital administrator: the names of members are sealed to his key. */
export default function HospitalRoutes() {
  return (
    <RequireRole role="hospital">
      <RequireVault>
        <Outlet />
      </RequireVault>
    </RequireRole>
  );
}
