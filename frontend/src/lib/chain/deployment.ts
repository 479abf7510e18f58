import { deployments, type Chain, type Deployment } from "@chartkey/sdk";
import { useChains, usePublicClient } from "wagmi";
import { useMemo } from "react";

/** Where the contracts are on a chain, as far as this build knows. Addresses never come from a server. */
export function findDeployment(chainId: number): Deployment | undefined {
  return deployments[chainId];
}

/** The configured chain as the sdk wants it, whatever a wallet is on; null when this build knows no deployment there. */
export function useChartkeyChain(): Chain | null {
  const [chain] = useChains();
  const id = chain?.id ?? 0;
  const client = usePublicClient({ chainId: id });
  return useMemo(() => {
    const deployment = findDeployment(id);
    return client && deployment ? { id, client, deployment } : null;
  }, [client, id]);
}
