import type { Abi, Address } from "viem";
import {
  accessLogAbi,
  appointmentsAbi,
  consentRegistryAbi,
  hospitalAbi,
  hospitalRegistryAbi,
  keyDirectoryAbi,
  prescriptionsAbi,
  recordRegistryAbi,
  type Deployment,
} from "@chartkey/sdk";

/** Every contract of the system by its name in the source. */
export const contractAbis = {
  HospitalRegistry: hospitalRegistryAbi,
  Hospital: hospitalAbi,
  KeyDirectory: keyDirectoryAbi,
  ConsentRegistry: consentRegistryAbi,
  RecordRegistry: recordRegistryAbi,
  Appointments: appointmentsAbi,
  Prescriptions: prescriptionsAbi,
  AccessLog: accessLogAbi,
} as const satisfies Record<string, Abi>;

export type ContractName = keyof typeof contractAbis;

/** Which contract stands at an address, as far as the deployment says; hospitals are clones and are not in it. */
export function contractAt(deployment: Deployment | undefined, address: Address): ContractName | null {
  if (!deployment) return null;
  const names: readonly (readonly [ContractName, Address])[] = [
    ["HospitalRegistry", deployment.registry],
    ["KeyDirectory", deployment.keyDirectory],
    ["ConsentRegistry", deployment.consent],
    ["RecordRegistry", deployment.records],
    ["Appointments", deployment.appointments],
    ["Prescriptions", deployment.prescriptions],
    ["AccessLog", deployment.accessLog],
  ];
  return names.find(([, at]) => at.toLowerCase() === address.toLowerCase())?.[0] ?? null;
}
