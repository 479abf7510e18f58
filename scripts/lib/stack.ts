import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type PowchainOptions, startPowchain } from "@chartkey/powchain";
import { type Chain, deploymentOn, deployments, rpcClient, storeRights } from "@chartkey/sdk";
import { type RunningStore, startStore } from "@chartkey/store";
import { genesisBalances } from "./accounts.ts";
import { receiptAnchor } from "./receipt-anchor.ts";

/** Chain id of the local chain. */
export const LOCAL_CHAIN_ID = 20265;

/** The least that powchain takes: then the work makes the pace. */
const WITHOUT_A_PAUSE_MS = 10;

export interface StackOptions {
  /** Where chain and store keep their data. */
  dataDir: string;
  /** 0 for any free port. */
  rpcPort: number;
  /** JSON-RPC calls a second that one address may make; default 2,000. */
  rpcRate?: number;
  /** Of the first store; the others have the ports that follow. */
  storePort: number;
  /** How many stores, each with a copy of everything; default 1. */
  stores?: number;
  /** API of a Kubo that keeps the first store's blocks, for the store alone to reach. */
  kubo?: string;
  /** Expected SHA-256 attempts per block; default 2^16. */
  difficulty?: bigint;
  /** A block each so many milliseconds, also an empty one; default: as soon as there are transactions. */
  blockEveryMs?: number;
  /** Seconds that a new chain adjusts its difficulty towards, mined without a pause; default: the difficulty stays the same. */
  adjustedTo?: number;
  log?: (message: string) => void;
}

/** A running chain with the contracts deployed, and running stores that ask it who may read what. */
export interface Stack {
  rpcUrl: string;
  storeUrl: string;
  /** Of every store; `storeUrl` is the first. */
  storeUrls: [string, ...string[]];
  /** The folder of what verifies the sources of the contracts. */
  sources: string;
  /** Whether the contracts were deployed just now. */
  deployed: boolean;
  close(): Promise<void>;
}

/** The chain that `npm start` keeps in a data directory. */
export function chainIn(dataDir: string): PowchainOptions & { dataDir: string } {
  return { dataDir: join(dataDir, "chain"), chainId: LOCAL_CHAIN_ID, accounts: genesisBalances() };
}

/** Starts chain and stores on loopback and, on a fresh chain, deploys the contracts. Throws the errors of either, with their codes. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, rpcPort, rpcRate, difficulty, adjustedTo, log } = options;
  const blockEveryMs = adjustedTo === undefined ? options.blockEveryMs : WITHOUT_A_PAUSE_MS;
  await mkdir(dataDir, { recursive: true });
  const chain = await startPowchain({
    ...chainIn(dataDir),
    port: rpcPort,
    ...(difficulty === undefined ? {} : { difficulty }),
    ...(adjustedTo === undefined ? {} : { blockTime: adjustedTo }),
    ...(blockEveryMs === undefined ? {} : { blockEveryMs, emptyBlocks: true }),
    // What may come at once are the calls of ten seconds.
    ...(rpcRate === undefined ? {} : { rateLimit: { burst: 10 * rpcRate, perSecond: rpcRate } }),
    ...(log === undefined ? {} : { log }),
  });
  try {
    const stores = await startStores(options, chain.url);
    const close = async () => {
      await Promise.all([...stores, chain].map((part) => part.close()));
    };
    try {
      const deployed = chain.blockNumber() === 0n;
      const sources = join(dataDir, "sources");
      if (deployed) await deploy(chain.url, sources);
      // Nobody waits for it: a day's receipts can be many.
      for (const [index, store] of stores.entries())
        void store.anchorReceipts(receiptAnchor(localChain(chain.url), chain.url, store.url, index));
      const [first, ...others] = stores;
      const storeUrls: Stack["storeUrls"] = [first.url, ...others.map(({ url }) => url)];
      return { rpcUrl: chain.url, storeUrl: first.url, storeUrls, sources, deployed, close };
    } catch (error) {
      await Promise.all(stores.map((store) => store.close()));
      throw error;
    }
  } catch (error) {
    await chain.close();
    throw error;
  }
}

/** The first store keeps its data in `store`, the second in `store-2`. */
async function startStores(
  { dataDir, storePort, stores = 1, kubo, log }: StackOptions,
  rpcUrl: string,
): Promise<[RunningStore, ...RunningStore[]]> {
  const gate = { rights: storeRights(localChain(rpcUrl)) };
  const start = (index: number) => {
    const directory = join(dataDir, index === 0 ? "store" : `store-${index + 1}`);
    const port = storePort === 0 ? 0 : storePort + index;
    const blocks = index === 0 && kubo !== undefined ? { kubo } : {};
    return startStore({ dataDir: directory, port, gate, ...blocks, ...(log === undefined ? {} : { log }) });
  };
  const started: [RunningStore, ...RunningStore[]] = [await start(0)];
  try {
    while (started.length < stores) started.push(await start(started.length));
    return started;
  } catch (error) {
    await Promise.all(started.map((store) => store.close()));
    throw error;
  }
}

/** Not looked at: on a fresh chain the contracts come later than the store. */
function localChain(rpcUrl: string): Chain {
  return { id: LOCAL_CHAIN_ID, client: rpcClient(rpcUrl), deployment: deploymentOn(LOCAL_CHAIN_ID) };
}

/** In a process of its own: Hardhat is needed for the first start alone, and would stay in memory. */
async function deploy(rpcUrl: string, sources: string): Promise<void> {
  const script = fileURLToPath(new URL("../deploy-local.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, rpcUrl, sources]);
  const deployed = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, string>;
  const known = deployments[LOCAL_CHAIN_ID];
  for (const [name, address] of Object.entries(deployed))
    if (known?.[name as keyof typeof known] !== address)
      throw new Error(`${name} was deployed to ${address}, not where this build expects it. Run npm run generate.`);
}
