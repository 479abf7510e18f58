import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "@chartkey/sdk";
import hre from "hardhat";
import ChartkeyModule from "../../ignition/modules/Chartkey.ts";
import { checkDeployment } from "./check-deployment.ts";

/** Seconds: a newcomer who plays every role in one sitting reaches a break-glass and a successor too. */
const SHORT = 60;

/** What the local chain is deployed with; part of its code. */
export const LOCAL_DELAYS = { emergencyCoolDown: SHORT, successionDelay: SHORT };

/**
 * Deploys the system with the Ignition module to the local chain at `rpcUrl`, which must be fresh, and checks what it got.
 * Ignition's journal is not kept: the local chain's addresses follow from its deployer, and the build knows them.
 */
export async function deployLocal(rpcUrl: string): Promise<Omit<Deployment, "codeHash" | "fromBlock">> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection = await hre.network.create({ network: "local", override: { url: rpcUrl } });
  const deploymentId = `local-${randomUUID()}`;
  try {
    const contracts = await connection.ignition.deploy(ChartkeyModule, {
      displayUi: false,
      parameters: { Chartkey: LOCAL_DELAYS },
      config: { requiredConfirmations: 1, blockPollingInterval: 50 },
      deploymentId,
    });
    const [{ address: deployer } = { address: "" }] = await connection.ethers.getSigners();
    const delays = { emergencyCoolDown: BigInt(SHORT), successionDelay: BigInt(SHORT) };
    await checkDeployment(connection.ethers.provider, contracts, { deployer, registrar: deployer, ...delays }, 0);
    const { registry, keyDirectory, consent, records, appointments, prescriptions, accessLog } = contracts;
    const address = async (contract: { getAddress(): Promise<string> }) =>
      (await contract.getAddress()) as `0x${string}`;
    return {
      registry: await address(registry),
      keyDirectory: await address(keyDirectory),
      consent: await address(consent),
      records: await address(records),
      appointments: await address(appointments),
      prescriptions: await address(prescriptions),
      accessLog: await address(accessLog),
    };
  } finally {
    await connection.close();
    await rm(join(hre.config.paths.ignition, "deployments", deploymentId), { recursive: true, force: true });
  }
}
