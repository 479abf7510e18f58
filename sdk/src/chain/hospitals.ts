import { type Address, type Hex, getAbiItem } from "viem";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";

/** Names of the contracts' enums, by number. */
export const ROLES = ["none", "patient", "doctor", "pharmacist"] as const;
export const MEMBER_STATUSES = ["none", "requested", "active", "suspended", "declined", "left"] as const;
export const ACCREDITATIONS = ["none", "pending", "accredited", "suspended"] as const;

export type Role = (typeof ROLES)[number];
export type MemberStatus = (typeof MEMBER_STATUSES)[number];
export type Accreditation = (typeof ACCREDITATIONS)[number];

/** Number of a role in the contracts. */
export function roleCode(role: Role): number {
  return ROLES.indexOf(role);
}

export interface Hospital {
  id: number;
  address: Address;
  accreditation: Accreditation;
  /** SHA-256 of the public profile document. */
  profile: Hex;
}

export interface Member {
  hospital: number;
  account: Address;
  role: Role;
  status: MemberStatus;
  speciality: number;
  /** Unix seconds; 0 when not active. */
  activeSince: number;
}

const MEMBER_CHANGED = getAbiItem({ abi: hospitalRegistryAbi, name: "MemberChanged" });
const ADMIN_ADDED = getAbiItem({ abi: hospitalAbi, name: "AdminAdded" });
const CLAIMED = getAbiItem({ abi: hospitalAbi, name: "Claimed" });
const ADMISSION_REQUESTED = getAbiItem({ abi: hospitalAbi, name: "AdmissionRequested" });

function registryOf({ deployment }: Chain) {
  return { address: deployment.registry, abi: hospitalRegistryAbi } as const;
}

/** One hospital; accreditation "none" when there is no such number. */
export async function readHospital(chain: Chain, id: number): Promise<Hospital> {
  const [address, status, profile] = await chain.client.readContract({
    ...registryOf(chain),
    functionName: "hospitalOf",
    args: [id],
  });
  return { id, address, accreditation: ACCREDITATIONS[status] ?? "none", profile };
}

/** Where an account's membership of a hospital stands, also when it was declined or left. */
export async function readMemberStatus(chain: Chain, id: number, account: Address): Promise<MemberStatus> {
  const [, status] = await chain.client.readContract({
    ...registryOf(chain),
    functionName: "memberOf",
    args: [id, account],
  });
  return MEMBER_STATUSES[status] ?? "none";
}

export async function readHospitals(chain: Chain): Promise<Hospital[]> {
  const count = await chain.client.readContract({ ...registryOf(chain), functionName: "hospitalCount" });
  return Promise.all(Array.from({ length: count }, (_, index) => readHospital(chain, index + 1)));
}

/**
 * Newest state of each membership, of one hospital (`id`), of one account or of several; requests that were declined, and memberships that
 * were left, are none.
 */
export async function readMembers(
  chain: Chain,
  of: { id: number } | { account: Address | readonly Address[] },
): Promise<Member[]> {
  const newest = new Map<string, Member>();
  for (const { hospital, account, role, status, speciality, activeSince } of await readMemberLogs(chain, { ...of }))
    newest.set(`${hospital}|${account}`, { hospital, account, role, status, speciality, activeSince });
  return [...newest.values()].filter(({ status }) => status !== "declined" && status !== "left");
}

/** A change of a membership, with its place on the chain. */
export interface MemberChange extends Member {
  blockNumber: bigint;
  logIndex: number;
  transactionHash: Hex;
}

async function readMemberLogs(chain: Chain, args: Record<string, unknown>): Promise<MemberChange[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const logs = await readLogs(chain, { address: chain.deployment.registry, event: MEMBER_CHANGED, args, toBlock });
  return logs.map(({ args: { id: hospital, account, role, status, speciality, activeSince }, ...position }) => ({
    hospital,
    account,
    role: ROLES[role] ?? "none",
    status: MEMBER_STATUSES[status] ?? "none",
    speciality,
    activeSince,
    blockNumber: position.blockNumber,
    logIndex: position.logIndex,
    transactionHash: position.transactionHash,
  }));
}

/** Every change of a hospital's memberships, or of one account's there, oldest first. */
export function readMemberChanges(chain: Chain, id: number, account?: Address): Promise<MemberChange[]> {
  return readMemberLogs(chain, { id, ...(account === undefined ? {} : { account }) });
}

/** Hospitals that `account` administers now. */
export async function readAdministered(chain: Chain, account: Address): Promise<Hospital[]> {
  const hospitals = await readHospitals(chain);
  if (hospitals.length === 0) return [];
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const address = hospitals.map((hospital) => hospital.address);
  const logs = await readLogs(chain, { address, event: ADMIN_ADDED, args: { account }, toBlock });
  const candidates = hospitals.filter((hospital) =>
    logs.some((log) => log.address.toLowerCase() === hospital.address.toLowerCase()),
  );
  const stillAdmin = await Promise.all(candidates.map((hospital) => isAdmin(chain, hospital.address, account)));
  return candidates.filter((_, index) => stillAdmin[index]);
}

export function isAdmin(chain: Chain, hospital: Address, account: Address): Promise<boolean> {
  return chain.client.readContract({ address: hospital, abi: hospitalAbi, functionName: "isAdmin", args: [account] });
}

/** Who may accredit hospitals. */
export function readRegistrar(chain: Chain): Promise<Address> {
  return chain.client.readContract({ ...registryOf(chain), functionName: "owner" });
}

/** Whether the registrar admitted an account as auditor: stores hand it ciphertext to hash. */
export function readIsAuditor(chain: Chain, account: Address): Promise<boolean> {
  return chain.client.readContract({ ...registryOf(chain), functionName: "isAuditor", args: [account] });
}

/** Digests of the sealed cards that members left, by account; the newest of each. */
export async function readCards(chain: Chain, hospital: Address): Promise<Map<Address, Hex>> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const [claimed, requested] = await Promise.all([
    readLogs(chain, { address: hospital, event: CLAIMED, toBlock }),
    readLogs(chain, { address: hospital, event: ADMISSION_REQUESTED, toBlock }),
  ]);
  // Who was declined or left asks again after a claim.
  const inOrder = [...requested, ...claimed].sort(
    (one, other) => Number(one.blockNumber - other.blockNumber) || one.logIndex - other.logIndex,
  );
  return new Map(inOrder.map(({ args }) => [args.account, args.card]));
}

/** Whether an account claimed the invitation with this claim key itself. */
export async function hasClaimed(
  chain: Chain,
  hospital: Address,
  account: Address,
  claimKey: Address,
): Promise<boolean> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const claimed = await readLogs(chain, { address: hospital, event: CLAIMED, args: { account }, toBlock });
  return claimed.some(({ args }) => args.claimKey.toLowerCase() === claimKey.toLowerCase());
}

/** What of an invitation's voucher can be checked before anybody signs. */
export interface VoucherTerms {
  admin: Address;
  /** Zero address when the voucher names its account. */
  claimKey: Address;
  epoch: number;
  /** Unix seconds. */
  expiry: number;
}

/** The error that a hospital would answer to a voucher now, whoever claims; null when it would not. */
export async function findVoucherFault(chain: Chain, address: Address, voucher: VoucherTerms): Promise<string | null> {
  const hospital = { address, abi: hospitalAbi } as const;
  const { admin, claimKey, epoch, expiry } = voucher;
  const [used, current, byAdmin] = await Promise.all([
    chain.client.readContract({ ...hospital, functionName: "isVoucherUsed", args: [claimKey] }),
    chain.client.readContract({ ...hospital, functionName: "voucherEpoch", args: [admin] }),
    chain.client.readContract({ ...hospital, functionName: "isAdmin", args: [admin] }),
  ]);
  if (used) return "Hospital_VoucherUsed";
  if (Date.now() / 1000 >= expiry) return "Hospital_VoucherExpired";
  return current !== epoch || !byAdmin ? "Hospital_VoucherOutdated" : null;
}

/** Since when (Unix seconds) `account` is active as `role` in an accredited hospital; 0 if it is not. */
export function readActiveSince(chain: Chain, hospital: number, account: Address, role: Role): Promise<number> {
  return chain.client.readContract({
    ...registryOf(chain),
    functionName: "activeSince",
    args: [hospital, account, roleCode(role)],
  });
}
