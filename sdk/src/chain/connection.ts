import { type PublicClient, createPublicClient, http } from "viem";
import { ChartkeyError } from "../errors.ts";
import { type Deployment, deployments } from "../generated/addresses.ts";
import { checkCode } from "./code.ts";
import { HeadMemory } from "./seen-heads.ts";
import type { SentTransaction } from "./sent.ts";
import { compareNodes } from "./witness.ts";

/** A chain with a Chartkey deployment, checked. */
export interface Chain {
  readonly id: number;
  readonly client: PublicClient;
  readonly deployment: Deployment;
  /** What was seen of this chain before; without one, a node that falls behind is believed. */
  readonly heads?: HeadMemory;
  /** A second node, which must agree on every ledger that is read. */
  readonly witness?: PublicClient;
  /** Told of every transaction as soon as its wallet sent it, before it is in a block. */
  readonly onSent?: (sent: SentTransaction) => void;
}

/** What a node is held against. */
export interface Expectations {
  chainId?: number;
  /** Default: what this connection sees, in memory. */
  heads?: HeadMemory;
  witness?: PublicClient | undefined;
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
 * Connects and checks: the node answers, it is the expected chain, the contracts there are this build's, it is not behind what was seen
 * before, and a second node agrees. Throws `CHAIN_UNREACHABLE`, `CHAIN_WRONG_NETWORK`, `CHAIN_UNKNOWN`, `CHAIN_NO_CONTRACT`,
 * `CHAIN_OTHER_CONTRACT`, `CHAIN_STALE`, `CHAIN_REWRITTEN`, `CHAIN_DISAGREES`.
 */
export async function connectChain(
  client: PublicClient,
  { chainId: expected, heads = new HeadMemory(), witness }: Expectations = {},
): Promise<Chain> {
  const id = await client.getChainId().catch((cause: unknown) => {
    throw new ChartkeyError(
      "CHAIN_UNREACHABLE",
      "The blockchain node does not answer. Start it, or check its address.",
      { cause },
    );
  });
  if (expected !== undefined && id !== expected)
    throw new ChartkeyError("CHAIN_WRONG_NETWORK", `This node is chain ${id}, not ${expected}. Switch the network.`, {
      details: { actual: id, expected },
    });
  const deployment = deploymentOn(id);
  await checkCode(client, id, deployment);
  await heads.check(client, id);
  if (witness !== undefined) await compareNodes(client, witness, id);
  return { id, client, deployment, heads, ...(witness === undefined ? {} : { witness }) };
}

/** The newest block of a chain, held against what was seen before. Throws `CHAIN_STALE`, `CHAIN_REWRITTEN`. */
export async function newestBlock({ id, client, heads }: Chain): Promise<bigint> {
  return heads === undefined ? client.getBlockNumber({ cacheTime: 0 }) : (await heads.check(client, id)).number;
}

/** A client of a node's JSON-RPC over HTTP. */
export function rpcClient(url: string, pollingInterval = 200): PublicClient {
  return createPublicClient({ transport: http(url, { retryCount: 1 }), pollingInterval });
}
