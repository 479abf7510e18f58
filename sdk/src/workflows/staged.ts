import type { Hex } from "viem";
import { hashTypedData } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { ChartkeyError, isConnectionError, toRecordError } from "../errors.ts";
import type { Identity } from "../crypto/hpke.ts";
import type { Hospital } from "../chain/hospitals.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { rawReference } from "../storage/cid.ts";
import type { ContentStore } from "../storage/content-store.ts";
import { type FileScope, stagedFile } from "../storage/scope.ts";
import type { Invitation } from "./invitation.ts";
import { requireHospitalOf } from "./invited-hospital.ts";
import { type Doomed, type RemovalReport, removeEverywhere } from "./removal.ts";
import { type ReadSession, sameAddress } from "./session.ts";
import {
  type SignedList,
  type StagedList,
  openList,
  requireSecret,
  stagingContext,
  stagingIdentity,
  stagingTypedData,
} from "./staged-list.ts";
import { withStoreOf } from "./store-of.ts";
import type { AppName } from "./store-session.ts";
import { isStaffOf } from "./voucher-proof.ts";

/** What somebody at a hospital staged for an invitation, in one go. */
export interface Staging extends StagedList {
  /** Digest of its list. */
  digest: Hex;
}

/** A list that cannot be taken over, and why. */
export interface StagingProblem {
  digest: Hex;
  problem: ChartkeyError;
}

/** What is staged for an invitation. */
export interface Staged {
  stagings: Staging[];
  problems: StagingProblem[];
}

/** An invitation's staged records, as whoever holds it reaches them. */
export interface StagedAccess {
  invitation: Invitation;
  hospital: Hospital;
  /** Reads and removes as the claim key. */
  session: ReadSession;
  scope: FileScope;
  identity: Identity;
}

/** Signs in to the stores as the invitation's claim key. Throws `STAGING_NEEDS_LINK`, `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`. */
export async function withStaged<T>(
  session: ReadSession,
  invitation: Invitation,
  app: AppName,
  use: (access: StagedAccess) => Promise<T>,
): Promise<T> {
  const claimKey = privateKeyToAccount(requireSecret(invitation));
  const hospital = await requireHospitalOf(session.chain, invitation);
  const identity = await stagingIdentity(invitation);
  const scope = stagedFile(claimKey.address);
  return withStoreOf(session, claimKey, app, (store: ContentStore) =>
    use({ invitation, hospital, session: { ...session, store }, scope, identity }),
  );
}

const foreign = () =>
  new ChartkeyError(
    "STAGING_FOREIGN",
    "What was prepared here belongs to another invitation, hospital or chain. Nothing of it was taken over.",
  );

/** What was prepared must be meant for this invitation, and signed by somebody who works at its hospital now. */
async function requireGenuine(
  { session, hospital, invitation }: StagedAccess,
  signed: SignedList,
): Promise<StagedList> {
  const { chain } = session;
  const { signature, ...list } = signed;
  const isMeant =
    list.chainId === chain.id &&
    sameAddress(list.registry, chain.deployment.records) &&
    list.hospital === hospital.id &&
    sameAddress(list.claimKey, invitation.voucher.claimKey);
  if (!isMeant) throw foreign();
  const hash = hashTypedData(stagingTypedData(hospital.address, list));
  if (!(await isHashSignedBy(chain, list.from, hash, signature)))
    throw new ChartkeyError(
      "STAGING_UNSIGNED",
      "Whoever is named did not sign what was prepared here. Nothing of it was taken over. Tell the hospital.",
    );
  if (!(await isStaffOf(chain, hospital, list.from)))
    throw new ChartkeyError(
      "STAGING_BY_OUTSIDER",
      "Whoever prepared this does not work at the hospital now. Nothing was taken over. Ask the hospital to prepare it again.",
    );
  return list;
}

const gone = (cause: unknown) =>
  new ChartkeyError(
    "STAGING_GONE",
    "What was prepared here is not in the store any more: it was taken over, declined, or its time is over.",
    { cause },
  );

/**
 * Opens one list. Throws `STAGING_GONE`, `STAGING_MALFORMED`, `STAGING_FOREIGN`, `STAGING_UNSIGNED`, `STAGING_BY_OUTSIDER`, and what the
 * store throws.
 */
export async function openStaging(access: StagedAccess, digest: Hex): Promise<Staging> {
  const { session, scope, identity, invitation } = access;
  try {
    const document = await session.store.getDocument(digest, scope);
    const signed = await openList(identity, stagingContext(invitation), document).catch((error: unknown) => {
      throw error instanceof ChartkeyError && error.code === "CRYPTO_OPEN_FAILED" ? foreign() : error;
    });
    return { digest, ...(await requireGenuine(access, signed)) };
  } catch (error) {
    if (error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND") throw gone(error);
    throw error;
  }
}

/** Opens every list of an invitation. A list that cannot be used is named, the others go on. Throws what the chain and the store throw. */
export async function openStagings(access: StagedAccess): Promise<Staged> {
  const staged: Staged = { stagings: [], problems: [] };
  for (const digest of access.invitation.staged ?? []) {
    try {
      staged.stagings.push(await openStaging(access, digest));
    } catch (error) {
      if (isConnectionError(error)) throw error;
      staged.problems.push({ digest, problem: toRecordError(error) });
    }
  }
  return staged;
}

/**
 * What is staged for an invitation: from whom, how much of which category. Whoever holds the invitation sees it.
 * Throws `STAGING_NEEDS_LINK`, `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`, and what the chain and the store throw.
 * @param app the program that asks, as stores are told
 */
export function readStaged(session: ReadSession, invitation: Invitation, app: AppName): Promise<Staged> {
  return withStaged(session, invitation, app, openStagings);
}

/** Removes a staging from every store: the list last, so that what failed can be asked for again. */
export async function removeStaging({ session, scope }: StagedAccess, staging: Staging): Promise<RemovalReport[]> {
  const doomed = ({ codec, payload }: Staging["items"][number]): Doomed => ({
    ...{ kind: "staged", reference: { codec, digest: payload }, scope },
  });
  const files = await removeEverywhere(session, staging.items.map(doomed));
  if (files.some(({ outcome }) => outcome === "failed")) return files;
  return [...files, ...(await removeList({ session, scope }, staging.digest))];
}

function removeList(
  { session, scope }: Pick<StagedAccess, "session" | "scope">,
  digest: Hex,
): Promise<RemovalReport[]> {
  return removeEverywhere(session, [{ kind: "staged", reference: rawReference(digest), scope }]);
}

/**
 * Declines what is staged, as whoever holds the invitation: removes it from every store, also what cannot be opened. Nothing of it comes
 * into a chart. Throws what `readStaged` throws.
 */
export function declineStaged(session: ReadSession, invitation: Invitation, app: AppName): Promise<RemovalReport[]> {
  return withStaged(session, invitation, app, async (access) => {
    const { stagings, problems } = await openStagings(access);
    const files: RemovalReport[] = [];
    for (const staging of stagings) files.push(...(await removeStaging(access, staging)));
    for (const { digest, problem } of problems)
      if (problem.code !== "STAGING_GONE") files.push(...(await removeList(access, digest)));
    return files;
  });
}
