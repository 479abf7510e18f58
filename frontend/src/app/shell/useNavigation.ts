import { useConnection } from "wagmi";
import { useActing } from "../../lib/acting/acting.ts";
import { useCurrentRole } from "../../lib/roles/current.ts";
import { useRoles } from "../../lib/roles/useRoles.ts";
import { delegateNavigation, roleNavigation, visitorNavigation, type NavItem } from "../../routes/navigation.ts";

/** What the main navigation offers now. */
export function useNavigation(): readonly NavItem[] {
  const { isConnected } = useConnection();
  const { roles } = useRoles();
  const role = useCurrentRole(roles);
  if (useActing()?.as === "delegate") return delegateNavigation;
  return isConnected && role ? roleNavigation[role] : visitorNavigation;
}
