import { Outlet } from "react-router";
import { RequireRole } from "../features/session/RequireRole.tsx";

/** The pages of a pharmacist. What a patient shows opens by itself: no key is needed. */
export default function PharmacistRoutes() {
  return (
    <RequireRole role="pharmacist">
      <Outlet />
    </RequireRole>
  );
}
