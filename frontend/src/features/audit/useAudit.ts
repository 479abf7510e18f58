import { useChains, usePublicClient } from "wagmi";
import { findDeployment } from "../../lib/chain/deployment.ts";

/** The chain that is audited: the configured one, whatever a wallet is on. */
export function useAudit() {
  const [chain] = useChains();
  const chainId = chain?.id ?? 0;
  const client = usePublicClient({ chainId });
  if (!client) throw new Error("the configured chain has no client");
  return { client, chainId, deployment: findDeployment(chainId) };
}
