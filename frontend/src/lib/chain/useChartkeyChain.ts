import type { Chain, SentTransaction } from "@chartkey/sdk";
import { useMemo } from "react";
import { useChains, usePublicClient } from "wagmi";
import { useAppConfig } from "../config/context.ts";
import { noteSent } from "../sent/log.ts";
import { findDeployment } from "./deployment.ts";
import { seenHeads, witnessAt } from "./nodes.ts";

/**
 * The configured chain as the sdk wants it, whatever a wallet is on; null when this build knows no deployment there.
 * It brings viem's whole public client with it: only for pages that are fetched when opened.
 */
export function useChartkeyChain(): Chain | null {
  const { witnessRpcUrl } = useAppConfig();
  const [chain] = useChains();
  const id = chain?.id ?? 0;
  const client = usePublicClient({ chainId: id });
  return useMemo(() => {
    const deployment = findDeployment(id);
    if (!client || !deployment) return null;
    const witness = witnessRpcUrl === undefined ? {} : { witness: witnessAt(witnessRpcUrl) };
    const onSent = (sent: SentTransaction) => noteSent(id, sent);
    return { id, client, deployment, heads: seenHeads, onSent, ...witness };
  }, [client, id, witnessRpcUrl]);
}
