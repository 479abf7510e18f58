import { type Address, type Hex, hashMessage } from "viem";
import type { Chain } from "../chain/connection.ts";
import { canRead } from "../chain/consent.ts";
import { isMandated } from "../chain/delegates.ts";
import { isAdmin } from "../chain/hospitals.ts";
import { isHashSignedBy, orRefused } from "../chain/signed.ts";
import { readActor } from "../chain/succession.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import { fromScope, toScope } from "./consent.ts";
import { sameAddress } from "./session.ts";
import { isAwaited, mayStage } from "./voucher-proof.ts";
import { type ReadDocument, type StoredFile, namedFiles } from "./named-files.ts";

const APPOINTMENTS = toScope([8]);

/** Whether an address is that of a hospital's contract, as the registry made it. */
async function isHospital({ client, deployment }: Chain, address: Address): Promise<boolean> {
  const id = await orRefused(client.readContract({ address, abi: hospitalAbi, functionName: "id" }));
  if (id === undefined) return false;
  const call = {
    address: deployment.registry,
    abi: hospitalRegistryAbi,
    functionName: "hospitalOf",
    args: [id],
  } as const;
  const hospital = await orRefused(client.readContract(call));
  return hospital !== undefined && sameAddress(hospital[0], address);
}

async function mayReceive(chain: Chain, owner: Address, reader: Address): Promise<boolean> {
  if (sameAddress(await readActor(chain, owner), reader)) return true;
  const code = await chain.client.getCode({ address: owner });
  if (code === undefined || code === "0x") return false;
  return (await isHospital(chain, owner)) && isAdmin(chain, owner, reader);
}

async function mayRead(chain: Chain, patient: Address, reader: Address, categories: number): Promise<boolean> {
  const asked = fromScope(categories).map((category) => canRead(chain, patient, reader, category));
  return (await Promise.all(asked)).includes(true);
}

async function mayWrite(chain: Chain, patient: Address, author: Address, categories: number): Promise<boolean> {
  const { client, deployment } = chain;
  const grant = { address: deployment.consent, abi: consentRegistryAbi, functionName: "writableAs" } as const;
  const [actor, hospital] = await Promise.all([
    readActor(chain, patient),
    client.readContract({ ...grant, args: [patient, author, categories] }),
  ]);
  if (sameAddress(actor, author) || hospital !== 0) return true;
  // What a patient's delegate writes when he books a visit.
  return categories === APPOINTMENTS && isMandated(chain, patient, author, "book");
}

/** What a content store's gate asks (its interface `Rights`), answered from the newest block of a chain. */
export function storeRights(chain: Chain) {
  const { client, deployment } = chain;
  const auditors = { address: deployment.registry, abi: hospitalRegistryAbi, functionName: "isAuditor" } as const;
  return {
    chainId: chain.id,
    isSignedBy: (account: string, text: string, signature: string) =>
      isHashSignedBy(chain, account as Address, hashMessage(text), signature as Hex),
    mayRead: (patient: string, reader: string, categories: number) =>
      mayRead(chain, patient as Address, reader as Address, categories),
    mayWrite: (patient: string, author: string, categories: number) =>
      mayWrite(chain, patient as Address, author as Address, categories),
    mayReceive: (owner: string, reader: string) => mayReceive(chain, owner as Address, reader as Address),
    mayStage: (claimKey: string, voucher: string, uploader: string) =>
      mayStage(chain, claimKey as Address, voucher, uploader as Address),
    isAwaited: (claimKey: string, voucher: string) => isAwaited(chain, claimKey as Address, voucher),
    named: (patient: string, files: readonly StoredFile[], read: ReadDocument) =>
      namedFiles(chain, patient as Address, files, read),
    isAuditor: (account: string) => client.readContract({ ...auditors, args: [account as Address] }),
  };
}
