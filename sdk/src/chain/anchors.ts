import { type Address, type Hex, getAbiItem } from "viem";
import { appointmentsAbi } from "../generated/abi/Appointments.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import type { Chain } from "./connection.ts";
import { ZERO_HEAD } from "./head.ts";
import { readHospitals } from "./hospitals.ts";
import { type AnchoredEntry, readEntries } from "./ledger.ts";
import { byPosition, readLogs } from "./logs.ts";

/** What a file is to the chain that names its digest. */
export type AnchorKind =
  "payload" | "manifest" | "wraps" | "request" | "requestWraps" | "keyring" | "vault" | "profile" | "card";

/** A digest that an event names. */
export interface Anchor {
  kind: AnchorKind;
  digest: Hex;
  /** 1 only for a payload of several blocks, whose digest is that of its root block. */
  codec: 0 | 1;
  /** Whose: the patient, or the account that published it; undefined for a hospital's profile. */
  account: Address | undefined;
  /** Of a profile. */
  hospital: number | undefined;
  /** Of a payload, a manifest and their wraps. */
  recordId: Hex | undefined;
  blockNumber: bigint;
  logIndex: number;
  transactionHash: Hex;
}

type Place = Pick<Anchor, "blockNumber" | "logIndex" | "transactionHash">;
type What = { kind: AnchorKind; digest: Hex; account?: Address; hospital?: number };

const BOOKED = getAbiItem({ abi: appointmentsAbi, name: "Booked" });
const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const REVOKED = getAbiItem({ abi: consentRegistryAbi, name: "Revoked" });
const VAULT_PUBLISHED = getAbiItem({ abi: keyDirectoryAbi, name: "VaultPublished" });
const PROFILE_PUBLISHED = getAbiItem({ abi: hospitalRegistryAbi, name: "ProfilePublished" });
const CLAIMED = getAbiItem({ abi: hospitalAbi, name: "Claimed" });
const ADMISSION_REQUESTED = getAbiItem({ abi: hospitalAbi, name: "AdmissionRequested" });

function place({ blockNumber, logIndex, transactionHash }: Place): Place {
  return { blockNumber, logIndex, transactionHash };
}

function toAnchor({ kind, digest, account, hospital }: What, log: Place): Anchor {
  return { kind, digest, codec: 0, account, hospital, recordId: undefined, ...place(log) };
}

/** What an entry names: its payload or manifest, and its wraps document. */
function ofEntry(entry: AnchoredEntry): Anchor[] {
  const { patient: account, recordId, payload, codec, wraps } = entry;
  const shared = { account, hospital: undefined, recordId, ...place(entry) };
  return [
    { kind: entry.kind === "batch" ? "manifest" : "payload", digest: payload, codec, ...shared },
    { kind: "wraps", digest: wraps, codec: 0, ...shared },
  ];
}

async function readBookings(chain: Chain, toBlock: bigint): Promise<Anchor[]> {
  const logs = await readLogs(chain, { address: chain.deployment.appointments, event: BOOKED, toBlock });
  return logs.flatMap((log) => {
    const { patient: account, request, wraps } = log.args;
    return [
      toAnchor({ kind: "request", digest: request, account }, log),
      toAnchor({ kind: "requestWraps", digest: wraps, account }, log),
    ];
  });
}

async function readKeyrings(chain: Chain, toBlock: bigint): Promise<Anchor[]> {
  const { consent: address } = chain.deployment;
  const [granted, revoked] = await Promise.all([
    readLogs(chain, { address, event: GRANTED, toBlock }),
    readLogs(chain, { address, event: REVOKED, toBlock }),
  ]);
  return [...granted, ...revoked].map((log) =>
    toAnchor({ kind: "keyring", digest: log.args.keyring, account: log.args.patient }, log),
  );
}

async function readVaultsAndProfiles(chain: Chain, toBlock: bigint): Promise<Anchor[]> {
  const { keyDirectory, registry } = chain.deployment;
  const [vaults, profiles] = await Promise.all([
    readLogs(chain, { address: keyDirectory, event: VAULT_PUBLISHED, toBlock }),
    readLogs(chain, { address: registry, event: PROFILE_PUBLISHED, toBlock }),
  ]);
  return [
    ...vaults.map((log) => toAnchor({ kind: "vault", digest: log.args.vault, account: log.args.account }, log)),
    ...profiles.map((log) => toAnchor({ kind: "profile", digest: log.args.profile, hospital: log.args.id }, log)),
  ];
}

async function readCardAnchors(chain: Chain, toBlock: bigint): Promise<Anchor[]> {
  const address = (await readHospitals(chain)).map((hospital) => hospital.address);
  if (address.length === 0) return [];
  const [claimed, requested] = await Promise.all([
    readLogs(chain, { address, event: CLAIMED, toBlock }),
    readLogs(chain, { address, event: ADMISSION_REQUESTED, toBlock }),
  ]);
  return [...claimed, ...requested].map((log) =>
    toAnchor({ kind: "card", digest: log.args.card, account: log.args.account }, log),
  );
}

/**
 * Every file that an event of the system names by its digest, in the order of the chain, and the ledger entries among the events. The
 * records of a batch are not among the anchors: their digests stand in its manifest (`findInBatches`).
 */
export async function readAnchors(
  chain: Chain,
  toBlock: bigint,
): Promise<{ anchors: Anchor[]; entries: AnchoredEntry[] }> {
  const [entries, ...others] = await Promise.all([
    readEntries(chain, undefined, toBlock),
    readBookings(chain, toBlock),
    readKeyrings(chain, toBlock),
    readVaultsAndProfiles(chain, toBlock),
    readCardAnchors(chain, toBlock),
  ]);
  const anchors = [...entries.flatMap(ofEntry), ...others.flat()].filter(({ digest }) => digest !== ZERO_HEAD);
  return { anchors: anchors.sort(byPosition), entries };
}
