import { type Address, type PublicClient, createPublicClient, http } from "viem";
import { ChartkeyError } from "../errors.ts";
import { type Deployment, deployments } from "../generated/addresses.ts";

/** A chain with a Chartkey deployment, checked. */
export interface Chain {
  readonly id: number;
  readonly client: PublicClient;
  readonly deployment: Deployment;
}

/** The deployment that this build knows on a chain. Addresses come from the build, never from a server (O14). Throws `CHAIN_UNKNOWN`. */
export function deploymentOn(chainId: number): Deployment {
  const deployment = deployments[chainId];
  if (deployment === undefined)
    throw new ChartkeyError(
      "CHAIN_UNKNOWN",
      `Chartkey is not deployed on chain ${chainId} as far as this build knows.`,
      {
        details: { chainId, known: Object.keys(deployments).map(Number) },
      },
    );
  return deployment;
}

/**
 * Connects and checks: the node answers, it is the expected chain, and the contracts are there.
 * Throws `CHAIN_UNREACHABLE`, `CHAIN_WRONG_NETWORK`, `CHAIN_UNKNOWN`, `CHAIN_NO_CONTRACT`.
 */
export async function connectChain(client: PublicClient, expectedChainId?: number): Promise<Chain> {
  const id = await client.getChainId().catch((cause: unknown) => {
    throw new ChartkeyError(
      "CHAIN_UNREACHABLE",
      "The blockchain node does not answer. Start it, or check its address.",
      { cause },
    );
  });
  if (expectedChainId !== undefined && id !== expectedChainId)
    throw new ChartkeyError(
      "CHAIN_WRONG_NETWORK",
      `This node is chain ${id}, not ${expectedChainId}. Switch the network.`,
      {
        details: { actual: id, expected: expectedChainId },
      },
    );
  const deployment = deploymentOn(id);
  await requireContract(client, id, deployment.records);
  return { id, client, deployment };
}

async function requireContract(client: PublicClient, chainId: number, address: Address): Promise<void> {
  const code = await client.getCode({ address });
  if (code === undefined || code === "0x")
    throw new ChartkeyError(
      "CHAIN_NO_CONTRACT",
      `There is no Chartkey contract at ${address} on chain ${chainId}. Deploy it, or use the right node.`,
      {
        details: { address, chainId },
      },
    );
}

/** A client of a node's JSON-RPC over HTTP. */
export function rpcClient(url: string, pollingInterval = 200): PublicClient {
  return createPublicClient({ transport: http(url, { retryCount: 1 }), pollingInterval });
}
