import type { Address, Hex, PublicClient } from "viem";
import { ChartkeyError } from "../errors.ts";
import type { Deployment } from "../generated/addresses.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { askAgain } from "./ask-again.ts";
import { sequenceOf } from "./head.ts";

interface Nodes {
  client: PublicClient;
  witness?: PublicClient;
  deployment: Deployment;
}

/** What two nodes say of the same thing. */
type Pair<T> = readonly [own: T, witness: T];

const agree = <T>([own, witness]: Pair<T>): boolean => own === witness;

async function ask<T>(witness: PublicClient, question: (client: PublicClient) => Promise<T>): Promise<T> {
  try {
    return await question(witness);
  } catch (cause) {
    throw new ChartkeyError(
      "CHAIN_UNREACHABLE",
      "The second blockchain node does not answer. Start it, check its address, or go on without one.",
      { cause, details: { node: "witness" } },
    );
  }
}

function disagreement(about: string, [own, witness]: Pair<unknown>): ChartkeyError {
  return new ChartkeyError(
    "CHAIN_DISAGREES",
    `The two blockchain nodes do not tell the same about ${about}. One of them is wrong, or on another chain. Nothing was changed. Ask a third before you rely on either.`,
    { details: { about, own, witness } },
  );
}

/** Holds a node against a second one: the same chain, and the same newest block that both have. Throws `CHAIN_DISAGREES`, `CHAIN_UNREACHABLE`. */
export async function compareNodes(client: PublicClient, witness: PublicClient, chainId: number): Promise<void> {
  const ids: Pair<number> = [chainId, await ask(witness, (node) => node.getChainId())];
  if (!agree(ids)) throw disagreement("which chain this is", ids);
  const blocks = async (): Promise<[bigint, Pair<Hex>]> => {
    const [own, other] = await Promise.all([
      client.getBlockNumber({ cacheTime: 0 }),
      ask(witness, (node) => node.getBlockNumber({ cacheTime: 0 })),
    ]);
    const blockNumber = own < other ? own : other;
    const hashes = await Promise.all([
      client.getBlock({ blockNumber }),
      ask(witness, (node) => node.getBlock({ blockNumber })),
    ]);
    return [blockNumber, [hashes[0].hash, hashes[1].hash]];
  };
  const [blockNumber, hashes] = await askAgain(client, blocks, ([, pair]) => agree(pair));
  if (!agree(hashes)) throw disagreement(`block ${blockNumber}`, hashes);
}

/**
 * Holds the head of a patient's ledger against a second node's. Throws `CHAIN_STALE` when that one has entries which the first does not
 * show, and `CHAIN_DISAGREES`, `CHAIN_UNREACHABLE`.
 */
export async function compareHeads({ client, witness, deployment }: Nodes, patient: Address, head: Hex): Promise<void> {
  if (witness === undefined) return;
  const query = { address: deployment.records, abi: recordRegistryAbi, functionName: "head", args: [patient] } as const;
  const other = () => ask(witness, (node) => node.readContract(query));
  const first: Pair<Hex> = [head, await other()];
  if (agree(first)) return;
  const heads = await askAgain(client, () => Promise.all([client.readContract(query), other()]), agree<Hex>);
  if (agree(heads)) return;
  const [own, known] = heads.map(sequenceOf) as [number, number];
  if (own >= known) throw disagreement(`the ledger of ${patient}`, heads);
  throw new ChartkeyError(
    "CHAIN_STALE",
    `The blockchain node shows ${own} entries of this ledger, and a second node knows ${known}: what it tells is old. Nothing was changed. Wait until it is up to date, or ask another node.`,
    { details: { own, known } },
  );
}
