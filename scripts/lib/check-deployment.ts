import type { BaseContract, ParamType, Provider } from "ethers";
import { ZeroAddress } from "ethers";
import { PERMISSIONS } from "../../ignition/permissions.ts";

/** What ignition/modules/Chartkey.ts gives back. */
export interface System {
  readonly registry: BaseContract;
  readonly hospital: BaseContract;
  readonly keyDirectory: BaseContract;
  readonly consent: BaseContract;
  readonly records: BaseContract;
  readonly appointments: BaseContract;
  readonly prescriptions: BaseContract;
  readonly accessLog: BaseContract;
}

/** What the deployment was asked for. */
export interface Asked {
  readonly deployer: string;
  readonly registrar: string;
  /** Seconds. */
  readonly emergencyCoolDown: bigint;
  /** Seconds. */
  readonly successionDelay: bigint;
}

/** Which part of the system is which contract of ignition/permissions.ts. */
export const PARTS: Readonly<Record<string, keyof System>> = {
  HospitalRegistry: "registry",
  Hospital: "hospital",
  KeyDirectory: "keyDirectory",
  ConsentRegistry: "consent",
  RecordRegistry: "records",
  Appointments: "appointments",
  Prescriptions: "prescriptions",
  AccessLog: "accessLog",
};

/** How the functions that no account may call answer one; the deployer gets the second, where there is one. */
const REFUSALS: Readonly<Record<string, readonly [others: string, deployer?: string]>> = {
  "HospitalRegistry.publishProfile": ["HospitalRegistry_OnlyHospital"],
  "HospitalRegistry.setMember": ["HospitalRegistry_OnlyHospital"],
  "Hospital.initialize": ["Hospital_OnlyRegistry"],
  "KeyDirectory.wireObservers": ["Succession_OnlyDeployer", "Succession_AlreadyWired"],
  "ConsentRegistry.onSuccession": ["SuccessionObserver_OnlyDirectory"],
  "RecordRegistry.anchorFor": ["RecordRegistry_OnlyPrescriptions"],
  "RecordRegistry.wirePrescriptions": ["RecordRegistry_OnlyDeployer", "RecordRegistry_AlreadyWired"],
  "Appointments.onSuccession": ["SuccessionObserver_OnlyDirectory"],
};

const NOBODY = "0x00000000000000000000000000000000000a11ce";
const LOCKED = 2n ** 32n - 1n;

/** The deployment is not what was asked for. */
export class DeploymentError extends Error {
  constructor(what: string, expected: unknown, actual: unknown) {
    super(`${what}: expected ${String(expected)}, found ${String(actual)}`);
    this.name = "DeploymentError";
  }
}

/**
 * Compares a deployment, on its chain, with what was asked for and with ignition/permissions.ts: who the registrar is, that
 * everything is wired to each other and to nothing else, that the implementation of hospitals is locked, and that functions no
 * account may call are refused to the deployer, the registrar and others. Sends nothing.
 *
 * @param fromBlock First block that can hold the deployment's events.
 * @throws DeploymentError naming the first difference.
 */
export async function checkDeployment(
  provider: Provider,
  system: System,
  asked: Asked,
  fromBlock: number,
): Promise<void> {
  const addresses = await addressesOf(system);
  await checkSettings(provider, system, asked, addresses);
  await checkWiring(provider, system, addresses, fromBlock);
  await checkClosed(provider, system, asked);
}

async function checkSettings(provider: Provider, system: System, asked: Asked, addresses: Addresses) {
  const read = (part: keyof System, name: string) => system[part].connect(provider).getFunction(name).staticCall();
  same("registrar", asked.registrar, await read("registry", "owner"));
  same("next registrar", ZeroAddress, await read("registry", "pendingOwner"));
  same("hospitals so far", 0n, await read("registry", "hospitalCount"));
  same("implementation", addresses.hospital, await read("registry", "implementation"));
  same("id of the locked implementation", LOCKED, await read("hospital", "id"));
  same("cool-down of emergencies", asked.emergencyCoolDown, await read("consent", "emergencyCoolDown"));
  same("delay of successions", asked.successionDelay, await read("keyDirectory", "successionDelay"));

  const admit = { part: "registry", name: "setAuditor", args: [NOBODY, true] } as const;
  same("setAuditor by the registrar", "", await refusalOf(provider, system, { ...admit, from: asked.registrar }));
  const refusal = await refusalOf(provider, system, { ...admit, from: NOBODY });
  same("setAuditor by others", "OwnableUnauthorizedAccount", refusal);
}

async function checkWiring(provider: Provider, system: System, addresses: Addresses, fromBlock: number) {
  const { keyDirectory, records } = system;
  const wired = async (contract: BaseContract, name: string) =>
    (await contract.connect(provider).queryFilter(name, fromBlock)).map((log) =>
      contract.interface.decodeEventLog(name, log.data, log.topics).join(),
    );
  const observers = [addresses.consent, addresses.appointments].join();
  same("observers of successions", observers, (await wired(keyDirectory, "ObserversWired")).join("; "));
  same("prescriptions", addresses.prescriptions, (await wired(records, "PrescriptionsWired")).join("; "));

  for (const part of ["consent", "appointments"] as const) {
    const told = { part, name: "onSuccession", args: [NOBODY, NOBODY], from: addresses.keyDirectory } as const;
    same(`${part} told of a succession by KeyDirectory`, "", await refusalOf(provider, system, told));
  }
  // An argument that is refused only after the caller was let in.
  const args = [NOBODY, NOBODY, 0, 0, zeroOf("bytes32"), zeroOf("bytes32")];
  const anchored = { part: "records", name: "anchorFor", args, from: addresses.prescriptions } as const;
  const letIn = await refusalOf(provider, system, anchored);
  same("anchorFor by Prescriptions", "RecordRegistry_UnknownCategory", letIn);
  const again = [1, NOBODY, zeroOf("bytes32")];
  const founded = { part: "hospital", name: "initialize", args: again, from: addresses.registry } as const;
  const locked = await refusalOf(provider, system, founded);
  same("initialize of the implementation", "Hospital_AlreadyInitialized", locked);
}

async function checkClosed(provider: Provider, system: System, { deployer, registrar }: Asked) {
  for (const [contract, rows] of Object.entries(PERMISSIONS)) {
    for (const [name, { allowed }] of Object.entries(rows)) {
      if (allowed.length > 0) continue;
      const part = PARTS[contract];
      const refusals = REFUSALS[`${contract}.${name}`];
      if (!part || !refusals) throw new DeploymentError(`${contract}.${name}`, "a known refusal", "none");
      const inputs = system[part].interface.getFunction(name)?.inputs ?? [];
      for (const from of new Set([deployer, registrar, NOBODY])) {
        const expected = (from === deployer ? refusals[1] : undefined) ?? refusals[0];
        const args = inputs.map(({ type }: ParamType) => zeroOf(type));
        same(`${contract}.${name} by ${from}`, expected, await refusalOf(provider, system, { part, name, args, from }));
      }
    }
  }
}

/** By the names of the system's parts. */
export type Addresses = Readonly<Record<keyof System, string>>;

/** Where the parts of a system are. */
export async function addressesOf(system: System): Promise<Addresses> {
  const entries = Object.entries(system).map(async ([name, contract]) => [name, await contract.getAddress()] as const);
  return Object.fromEntries(await Promise.all(entries)) as Addresses;
}

interface Call {
  readonly part: keyof System;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly from: string;
}

/** The name of the error that a call ends with; "" when it ends well. */
async function refusalOf(provider: Provider, system: System, { part, name, args, from }: Call): Promise<string> {
  const contract = system[part];
  const data = contract.interface.encodeFunctionData(name, args);
  try {
    await provider.call({ to: await contract.getAddress(), from, data });
    return "";
  } catch (error) {
    const reason = revertData(error);
    const parsed = reason === undefined ? null : contract.interface.parseError(reason);
    if (!parsed) throw error;
    return parsed.name;
  }
}

/** Providers hand on what a call was reverted with at different depths of their errors. */
function revertData(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { data, error: inner, info, cause } = error as Record<string, unknown>;
  if (typeof data === "string" && /^0x[0-9a-f]{8}/i.test(data)) return data;
  return revertData(data) ?? revertData(inner) ?? revertData(info) ?? revertData(cause);
}

function zeroOf(type: string): unknown {
  if (type.startsWith("bytes32")) return `0x${"00".repeat(32)}`;
  return type === "address" ? NOBODY : 0;
}

function same(what: string, expected: unknown, actual: unknown): void {
  if (expected !== actual) throw new DeploymentError(what, expected, actual);
}
