import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "@chartkey/sdk";
import { type Provider, concat, keccak256 } from "ethers";
import hre from "hardhat";
import ChartkeyModule from "../../ignition/modules/Chartkey.ts";
import { type Addresses, type System, addressesOf, checkDeployment } from "./check-deployment.ts";
import { writeSources } from "./sources.ts";

/** Seconds: a newcomer who plays every role in one sitting reaches a break-glass and a successor too. */
const SHORT = 60;

/** What the local chain is deployed with; part of its code. */
export const LOCAL_DELAYS = { emergencyCoolDown: SHORT, successionDelay: SHORT };

/** What is deployed, in the order of the deployer's nonces (ignition/modules/Chartkey.ts). */
export const DEPLOYED = [
  "keyDirectory",
  "registry",
  "consent",
  "records",
  "appointments",
  "prescriptions",
  "accessLog",
] as const;

export interface DeployOptions {
  rpcUrl: string;
  chainId: number;
  /** The deployer's key; without it account 0 of the development phrase. */
  privateKey?: string;
  /** The deployer when it is not given. */
  registrar?: string;
  /** Seconds. */
  delays: typeof LOCAL_DELAYS;
  confirmations: number;
  /** Milliseconds between two looks for new blocks. */
  pollingInterval: number;
  /** Name of Ignition's journal: with the same one, a deployment that stopped goes on. */
  deploymentId: string;
  /** Folder for what block explorers verify the sources with. */
  sources?: string;
}

const journalOf = (deploymentId: string) => join(hre.config.paths.ignition, "deployments", deploymentId);

/** Hardhat's builds share a cache file: of two at a time, one may find that the other has moved it. It finds everything built the next time. */
async function build(tries = 3): Promise<void> {
  try {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  } catch (error) {
    if (tries === 1 || !String(error).includes("compile-cache.json")) throw error;
    await build(tries - 1);
  }
}

/** The first block with a transaction of a deployment, by its journal. */
async function firstBlock(deploymentId: string): Promise<number> {
  const journal = await readFile(join(journalOf(deploymentId), "journal.jsonl"), "utf8");
  const lines = journal.split("\n").filter((line) => line !== "");
  const blocks = lines.flatMap((line) => {
    const { receipt } = JSON.parse(line) as { receipt?: { blockNumber: number } };
    return receipt === undefined ? [] : [receipt.blockNumber];
  });
  return Math.min(...blocks);
}

/** Keccak-256 of the hashes of the code of all contracts, as clients compare it. */
export async function codeHashOf(provider: Provider, addresses: Addresses): Promise<string> {
  const parts = [...DEPLOYED, "hospital"] as const;
  const codes = await Promise.all(parts.map(async (part) => keccak256(await provider.getCode(addresses[part]))));
  return keccak256(concat(codes));
}

/** Deploys the system with the Ignition module, compares what it got with what was asked for, and writes the sources. */
export async function deploySystem(options: DeployOptions): Promise<Deployment> {
  const { rpcUrl: url, chainId, privateKey, delays, deploymentId, sources } = options;
  await build();
  const accounts = privateKey === undefined ? {} : { accounts: [privateKey] };
  const connection = await hre.network.create({ network: "local", override: { url, chainId, ...accounts } });
  try {
    const { provider } = connection.ethers;
    const [{ address: deployer } = { address: "" }] = await connection.ethers.getSigners();
    const registrar = options.registrar ?? deployer;
    const system: System = await connection.ignition.deploy(ChartkeyModule, {
      displayUi: false,
      parameters: { Chartkey: { ...delays, registrar } },
      config: { requiredConfirmations: options.confirmations, blockPollingInterval: options.pollingInterval },
      deploymentId,
    });
    const { emergencyCoolDown, successionDelay } = delays;
    const asked = {
      ...{ deployer, registrar },
      ...{ emergencyCoolDown: BigInt(emergencyCoolDown), successionDelay: BigInt(successionDelay) },
    };
    const fromBlock = await firstBlock(deploymentId);
    await checkDeployment(provider, system, asked, fromBlock);
    const addresses = await addressesOf(system);
    if (sources !== undefined) await writeSources(sources, chainId, addresses, asked);
    const { hospital: _implementation, ...placed } = addresses;
    const codeHash = await codeHashOf(provider, addresses);
    return { ...placed, codeHash, fromBlock: BigInt(fromBlock) } as Deployment;
  } finally {
    await connection.close();
  }
}

/**
 * Deploys to the local chain at `rpcUrl`, which must be fresh. Ignition's journal is not kept: the local chain's addresses follow from
 * its deployer, and the build knows them.
 */
export async function deployLocal(
  rpcUrl: string,
  sources?: string,
): Promise<Omit<Deployment, "codeHash" | "fromBlock">> {
  const deploymentId = `local-${randomUUID()}`;
  const chain = { rpcUrl, chainId: 20265, confirmations: 1, pollingInterval: 50 };
  const files = sources === undefined ? {} : { sources };
  try {
    const {
      codeHash: _code,
      fromBlock: _block,
      ...addresses
    } = await deploySystem({
      ...chain,
      delays: LOCAL_DELAYS,
      deploymentId,
      ...files,
    });
    return addresses;
  } finally {
    await rm(journalOf(deploymentId), { recursive: true, force: true });
  }
}
