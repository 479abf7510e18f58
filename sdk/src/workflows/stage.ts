import type { Hex } from "viem";
import { randomBytes, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { sealPayload } from "../crypto/payload.ts";
import { findVoucherFault, roleCode } from "../chain/hospitals.ts";
import { REVERT_SENTENCES, toChainError } from "../chain/reverts.ts";
import { referenceOf } from "../storage/cid.ts";
import { stagedFile } from "../storage/scope.ts";
import { type Invitation, MAX_STAGINGS } from "./invitation.ts";
import { requireHospitalOf } from "./invited-hospital.ts";
import type { Draft } from "./publish.ts";
import { type Progress, type Session, payloadContext, signerOf } from "./session.ts";
import {
  MAX_STAGED,
  type StagedItem,
  type StagedList,
  requireSecret,
  sealList,
  stagingContext,
  stagingIdentity,
  stagingTypedData,
  toStagedName,
} from "./staged-list.ts";
import { encodeVoucherProof } from "./voucher-proof.ts";

/** A FHIR resource to stage, and what it is called: its place in the file that it came from. */
export interface StagedDraft extends Draft {
  name: string;
}

/** Payloads sealed and stored at the same time. */
const PARALLEL = 8;

/** What can be refused before anything is stored. */
async function requireStageable({ chain }: Session, invitation: Invitation, count: number): Promise<void> {
  const { voucher, admin, staged = [] } = invitation;
  requireSecret(invitation);
  if (voucher.role !== roleCode("patient"))
    throw new ChartkeyError("STAGING_NOT_A_PATIENT", "Records are staged for patients. This invitation is for staff.");
  const limit = MAX_STAGED * (MAX_STAGINGS - staged.length);
  if (count === 0 || count > limit)
    throw new ChartkeyError("STAGING_SIZE", `For this invitation, 1 to ${limit} records can be staged, not ${count}.`);
  const hospital = await requireHospitalOf(chain, invitation);
  const fault = await findVoucherFault(chain, hospital.address, { ...voucher, admin });
  if (fault !== null) throw new ChartkeyError(`REVERT_${fault}`, REVERT_SENTENCES[fault] ?? fault);
}

async function storeItems(
  session: Session,
  invitation: Invitation,
  drafts: StagedDraft[],
  onStored: () => void,
): Promise<StagedItem[]> {
  const { claimKey } = invitation.voucher;
  const scope = stagedFile(claimKey, encodeVoucherProof(invitation));
  const items: StagedItem[] = [];
  const queue = drafts.entries();
  const work = async () => {
    for (const [index, { category, meta, data, name }] of queue) {
      const key = randomBytes(32);
      // Nobody is its patient yet: until somebody claims, the claim key stands in his place.
      const context = payloadContext(session, claimKey, signerOf(session), category);
      const bytes = await sealPayload(key, context, meta, data);
      const { codec, digest: payload } = await referenceOf(bytes);
      await session.store.put(bytes, scope);
      items[index] = { category, codec, payload, key: toBase64Url(key), name: toStagedName(name) };
      onStored();
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return items;
}

async function storeList(session: Session, invitation: Invitation, items: StagedItem[]): Promise<Hex> {
  const { chain, wallet, store } = session;
  const { hospital, hospitalAddress, voucher } = invitation;
  const list: StagedList = {
    ...{ chainId: chain.id, registry: chain.deployment.records, hospital, claimKey: voucher.claimKey },
    ...{ from: signerOf(session), time: Math.floor(Date.now() / 1000), items },
  };
  const typedData = stagingTypedData(hospitalAddress, list);
  const signature = await wallet.signTypedData({ ...typedData, account: wallet.account }).catch((cause: unknown) => {
    throw toChainError(cause);
  });
  const { publicBytes } = await stagingIdentity(invitation);
  const document = await sealList(publicBytes, stagingContext(invitation), { ...list, signature });
  return (await store.put(document, stagedFile(voucher.claimKey, encodeVoucherProof(invitation)))).digest;
}

/**
 * Stores records, sealed, for whoever claims an invitation: nothing is anchored until he takes them over under his own key. One signature
 * for each `MAX_STAGED` records. As an admin of the hospital or its active doctor. What was stored before an error is given up by the
 * store when the invitation ends.
 * Throws `STAGING_NEEDS_LINK`, `STAGING_NOT_A_PATIENT`, `STAGING_SIZE`, `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`,
 * `REVERT_<what the hospital would answer to the voucher>`, `STORE_FORBIDDEN`, `WALLET_REJECTED`, and what the store throws.
 * @returns the invitation to hand over instead: it alone leads to what was staged
 */
export async function stageRecords(
  session: Session,
  invitation: Invitation,
  drafts: StagedDraft[],
  { onPhase, onItem }: Progress = {},
): Promise<Invitation> {
  onPhase?.("checking");
  await requireStageable(session, invitation, drafts.length);
  const lists: Hex[] = [];
  let stored = 0;
  for (let first = 0; first < drafts.length; first += MAX_STAGED) {
    onPhase?.("uploading");
    const part = drafts.slice(first, first + MAX_STAGED);
    const items = await storeItems(session, invitation, part, () => onItem?.((stored += 1)));
    onPhase?.("confirming");
    lists.push(await storeList(session, invitation, items));
  }
  onPhase?.("done");
  return { ...invitation, staged: [...(invitation.staged ?? []), ...lists] };
}
