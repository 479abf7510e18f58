import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startPowchain } from "@chartkey/powchain";
import { type Chain, deploymentOn, deployments, rpcClient, storeRights } from "@chartkey/sdk";
import { startStore } from "@chartkey/store";
import { genesisBalances } from "./accounts.ts";

/** Chain id of the local chain. */
export const LOCAL_CHAIN_ID = 20265;

export interface StackOptions {
  /** Where chain and store keep their data. */
  dataDir: string;
  /** 0 for any free port. */
  rpcPort: number;
  storePort: number;
  /** Expected SHA-256 attempts per block; default 2^16. */
  difficulty?: bigint;
  log?: (message: string) => void;
}

/** A running chain with the contracts deployed, and a running store that asks it who may read what. */
export interface Stack {
  rpcUrl: string;
  storeUrl: string;
  /** Whether the contracts were deployed just now. */
  deployed: boolean;
  close(): Promise<void>;
}

/** Starts chain and store on loopback and, on a fresh chain, deploys the contracts. Throws the errors of either, with their codes. */
export async function startStack({ dataDir, rpcPort, storePort, difficulty, log }: StackOptions): Promise<Stack> {
  await mkdir(dataDir, { recursive: true });
  const shared = log === undefined ? {} : { log };
  const chain = await startPowchain({
    dataDir: join(dataDir, "chain"),
    port: rpcPort,
    chainId: LOCAL_CHAIN_ID,
    accounts: genesisBalances(),
    ...(difficulty === undefined ? {} : { difficulty }),
    ...shared,
  });
  try {
    const gate = { rights: storeRights(localChain(chain.url)) };
    const store = await startStore({ dataDir: join(dataDir, "store"), port: storePort, gate, ...shared });
    const close = async () => {
      await Promise.all([store.close(), chain.close()]);
    };
    try {
      const deployed = chain.blockNumber() === 0n;
      if (deployed) await deploy(chain.url);
      return { rpcUrl: chain.url, storeUrl: store.url, deployed, close };
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    await chain.close();
    throw error;
  }
}

/** Not looked at: on a fresh chain the contracts come later than the store. */
function localChain(rpcUrl: string): Chain {
  return { id: LOCAL_CHAIN_ID, client: rpcClient(rpcUrl), deployment: deploymentOn(LOCAL_CHAIN_ID) };
}

/** In a process of its own: Hardhat is needed for the first start alone, and would stay in memory. */
async function deploy(rpcUrl: string): Promise<void> {
  const script = fileURLToPath(new URL("../deploy-local.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, rpcUrl]);
  const deployed = JSON.parse(stdout.trim().split("\n").at(-1)!) as Record<string, string>;
  const known = deployments[LOCAL_CHAIN_ID];
  for (const [name, address] of Object.entries(deployed))
    if (known?.[name as keyof typeof known] !== address)
      throw new Error(`${name} was deployed to ${address}, not where this build expects it. Run npm run generate.`);
}
