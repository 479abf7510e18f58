import { type Address, type Hex, getAbiItem } from "viem";
import { ChartkeyError, findingOf } from "../errors.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import type { Chain } from "./connection.ts";
import { roleCode } from "./hospitals.ts";
import { type ConsentChange, ZERO_HEAD, nextConsentHead } from "./head.ts";
import { byPosition, readLogs } from "./logs.ts";

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const REVOKED = getAbiItem({ abi: consentRegistryAbi, name: "Revoked" });
const SUCCEEDED = getAbiItem({ abi: consentRegistryAbi, name: "ConsentSucceeded" });

/** A patient's consent as of a block, checked against the head that the contract stores. */
export interface Consent {
  patient: Address;
  head: Hex;
  changes: AnchoredChange[];
  /** The newest grant to each grantee that was not revoked; it may have expired, or its doctor be suspended. */
  grants: AnchoredChange[];
  /** Digest of the newest keyring, or undefined before the first grant. */
  keyring: Hex | undefined;
  blockNumber: bigint;
}

/** A change with its place on the chain. */
export type AnchoredChange = ConsentChange & { logIndex: number; transactionHash: Hex };

const placeOf = ({
  blockNumber,
  logIndex,
  transactionHash,
}: Pick<AnchoredChange, "blockNumber" | "logIndex" | "transactionHash">) => ({
  blockNumber,
  logIndex,
  transactionHash,
});

/** What a change other than a grant says of its terms. */
const NO_TERMS = { hospital: 0, read: 0, write: 0, expiry: 0, since: 0 };

/** A patient's consent as a node tells it, whether or not it holds. */
export interface ConsentAudit extends Consent {
  /** `CONSENT_INCOMPLETE`; undefined when the changes lead to the head in the contract. */
  finding: ChartkeyError | undefined;
}

/** Reads and replays a patient's consent. Throws `CONSENT_INCOMPLETE` when the node withholds a change. */
export async function readConsent(chain: Chain, patient: Address, atBlock?: bigint): Promise<Consent> {
  const { finding, ...consent } = await auditConsent(chain, patient, atBlock);
  if (finding !== undefined) throw finding;
  return consent;
}

/** Reads and replays a patient's consent. What does not hold is a finding. */
export async function auditConsent(chain: Chain, patient: Address, atBlock?: bigint): Promise<ConsentAudit> {
  const blockNumber = atBlock ?? (await chain.client.getBlockNumber({ cacheTime: 0 }));
  const { consent: address } = chain.deployment;
  const query = { address, args: { patient }, toBlock: blockNumber };
  const [granted, revoked, succeeded, head] = await Promise.all([
    readLogs(chain, { ...query, event: GRANTED }),
    readLogs(chain, { ...query, event: REVOKED }),
    readLogs(chain, { ...query, event: SUCCEEDED }),
    chain.client.readContract({
      address,
      abi: consentRegistryAbi,
      functionName: "consentHead",
      args: [patient],
      blockNumber,
    }),
  ]);
  const grants = granted.map(({ args, ...log }): AnchoredChange => {
    const { grantee, hospital, read, write, expiry, since, keyring, head } = args;
    return { kind: "grant", grantee, hospital, read, write, expiry, since, keyring, head, ...placeOf(log) };
  });
  const ends = revoked.map(({ args, ...log }): AnchoredChange => {
    const { grantee, keyring, head } = args;
    return { kind: "revoke", grantee, ...NO_TERMS, keyring, head, ...placeOf(log) };
  });
  const successions = succeeded.map(({ args, ...log }): AnchoredChange => {
    const { successor: grantee, head } = args;
    return { kind: "succession", grantee, ...NO_TERMS, keyring: ZERO_HEAD, head, ...placeOf(log) };
  });
  const changes = [...grants, ...ends, ...successions].sort(byPosition);
  const finding = findingOf(() => checkConsent(changes, head));
  return { patient, head, changes, ...summary(changes), blockNumber, finding };
}

function checkConsent(changes: ConsentChange[], stored: Hex): void {
  let head = ZERO_HEAD;
  const isReplayed = (change: ConsentChange) => (head = nextConsentHead(head, change)) === change.head;
  if (!changes.every(isReplayed) || head !== stored)
    throw new ChartkeyError(
      "CONSENT_INCOMPLETE",
      "The node withholds or alters changes of consent. Ask another node.",
      {
        details: { replayed: head, stored },
      },
    );
}

function summary(changes: AnchoredChange[]): Pick<Consent, "grants" | "keyring"> {
  const newest = new Map<Address, AnchoredChange>();
  // A succession ends the grant that its successor had as a doctor, and no other.
  for (const change of changes) newest.set(change.grantee, change);
  const keyring = changes.findLast((change) => change.keyring !== ZERO_HEAD)?.keyring;
  return { grants: [...newest.values()].filter(({ kind }) => kind === "grant"), keyring };
}

/** Whether `reader` may read `category` of `patient`'s chart at the newest block. */
export function canRead(chain: Chain, patient: Address, reader: Address, category: number): Promise<boolean> {
  const { consent: address } = chain.deployment;
  return chain.client.readContract({
    address,
    abi: consentRegistryAbi,
    functionName: "canRead",
    args: [patient, reader, category],
  });
}

/**
 * Whether a grant of `patient` lets `account` read `category` at the newest block. Unlike `canRead` it knows of no break-glass: an
 * emergency opens what the patient prepared for it, and gets no key of anything else.
 */
export async function isGranted(chain: Chain, patient: Address, account: Address, category: number): Promise<boolean> {
  const { consent, registry } = chain.deployment;
  const grant = {
    address: consent,
    abi: consentRegistryAbi,
    functionName: "grantOf",
    args: [patient, account],
  } as const;
  const [[read, , expiry, hospital, since], { timestamp }] = await Promise.all([
    chain.client.readContract(grant),
    chain.client.getBlock(),
  ]);
  // On a chain that mines on demand the newest block can be older than the end of a grant.
  const now = Math.max(Number(timestamp), Math.floor(Date.now() / 1000));
  if (((read >> category) & 1) === 0 || now >= expiry) return false;
  const activeSince = await chain.client.readContract({
    address: registry,
    abi: hospitalRegistryAbi,
    functionName: "activeSince",
    args: [hospital, account, roleCode("doctor")],
  });
  return activeSince !== 0 && activeSince <= since;
}
