import { useConnection } from "wagmi";
import { useCurrentRole } from "../../lib/roles/current.ts";
import { useRoles } from "../../lib/roles/useRoles.ts";
import { roleNavigation, visitorNavigation, type NavItem } from "../../routes/navigation.ts";

/** What the main navigation offers now. */
export function useNavigation(): readonly NavItem[] {
  const { isConnected } = useConnection();
  const { roles } = useRoles();
  const role = useCurrentRole(roles);
  return isConnected && role ? roleNavigation[role] : visitorNavigation;
}
