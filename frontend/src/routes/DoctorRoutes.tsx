import { Outlet } from "react-router";
import { RequireRole } from "../features/session/RequireRole.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";

/** The pages of a doctor: what patients write and share is sealed to his key. */
export default function DoctorRoutes() {
  return (
    <RequireRole role="doctor">
      <RequireVault>
        <Outlet />
      </RequireVault>
    </RequireRole>
  );
}
