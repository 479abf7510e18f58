import { Outlet } from "react-router";
import { DelegateArea } from "../features/delegates/DelegateArea.tsx";
import { RequireRole } from "../features/session/RequireRole.tsx";
import { RequireVault } from "../features/vault/RequireVault.tsx";
import { UnlockOwnKey } from "../features/vault/UnlockOwnKey.tsx";
import { useActing } from "../lib/acting/acting.ts";

/** What a patient's pages stand in: the role, and the unlocked key; a delegate sees what takes no key. */
export default function PatientRoutes() {
  const acting = useActing();
  return (
    <RequireRole role="patient">
      {acting?.as === "delegate" ? (
        <DelegateArea unlock={<UnlockOwnKey />} />
      ) : (
        <RequireVault>
          <Outlet />
        </RequireVault>
      )}
    </RequireRole>
  );
}
