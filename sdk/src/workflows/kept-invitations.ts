import type { Hex } from "viem";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { HPKE_SUITE, hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { findKey, requireKey } from "../chain/directory.ts";
import { rawReference } from "../storage/cid.ts";
import { letterTo } from "../storage/scope.ts";
import { type Invitation, decodeInvitation, encodeInvitation } from "./invitation.ts";
import { type Session, type UnlockedSession, accountOf, signerOf } from "./session.ts";

/** Largest of them, in bytes, with its seal. */
const MAX_KEPT = 8192;
/** Newest letters that are looked at. */
const MAX_TRIES = 40;

/** An invitation that led to staged records, as its claimer keeps it for himself. */
interface KeptInvitation {
  /** Digest of the letter that holds it. */
  digest: Hex;
  invitation: Invitation;
}

function info({ chain }: Session, account: string): Bytes {
  return utf8(
    `chartkey/kept-invitation/1|eip155:${chain.id}|${chain.deployment.keyDirectory}|${account}`.toLowerCase(),
  );
}

/**
 * Keeps an invitation, sealed to one's own published key, as a letter to oneself: what was staged for it is found again without the link,
 * on every device. Throws `KEY_MISSING`, and what the store throws.
 */
export async function keepInvitation(session: Session, invitation: Invitation): Promise<void> {
  const own = accountOf(session);
  const { publicKey } = await requireKey(session.chain, own);
  const { enc, ct } = await hpkeSeal(publicKey, utf8(encodeInvitation(invitation)), info(session, own));
  const sealed = { enc: toBase64Url(enc), ct: toBase64Url(ct) };
  const document = canonicalBytes({ v: 1, kind: "kept-invitation", suite: HPKE_SUITE, ...sealed });
  await session.store.put(document, letterTo(own));
}

/** Keeps an invitation that leads to staged records, if the account has a key already. Throws what the store throws. */
export async function keepIfPossible(session: Session, invitation: Invitation): Promise<void> {
  if (invitation.staged === undefined || (await findKey(session.chain, accountOf(session))) === undefined) return;
  await keepInvitation(session, invitation);
}

async function open(session: UnlockedSession, document: Uint8Array): Promise<Invitation | undefined> {
  const { kind, enc, ct } = parseDocument(document, "letter");
  if (kind !== "kept-invitation") return undefined;
  const sealed = { enc: fromBase64Url(enc, 32), ct: fromBase64Url(ct) };
  const text = await hpkeOpen(session.vault.identity, sealed, info(session, accountOf(session)));
  return decodeInvitation(fromUtf8(text));
}

/** Every letter that keeps an invitation, newest first. A store without letters has none. */
async function readAll(session: UnlockedSession): Promise<KeptInvitation[]> {
  const { store } = session;
  const own = accountOf(session);
  const letters = await store.lettersTo(own, signerOf(session)).catch((error: unknown) => {
    if (error instanceof ChartkeyError && error.code === "STORE_WITHOUT_LETTERS") return [];
    throw error;
  });
  const small = letters.filter(({ bytes }) => bytes <= MAX_KEPT);
  const kept: KeptInvitation[] = [];
  for (const { digest } of small.slice(-MAX_TRIES).reverse()) {
    try {
      const invitation = await open(session, await store.getDocument(digest, letterTo(own)));
      if (invitation !== undefined) kept.push({ digest, invitation });
    } catch (error) {
      // What a letter holds is that letter's own matter.
      if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    }
  }
  return kept;
}

/** The invitations that the account has kept, each once. Throws what the store throws. */
export async function readKeptInvitations(session: UnlockedSession): Promise<Invitation[]> {
  const oldestFirst = (await readAll(session)).reverse();
  const newest = new Map(oldestFirst.map(({ invitation }) => [invitation.voucher.claimKey, invitation]));
  return [...newest.values()];
}

/** Forgets an invitation that was kept. Throws what the store throws. */
export async function forgetInvitation(session: UnlockedSession, { voucher }: Invitation): Promise<void> {
  const scope = letterTo(accountOf(session));
  for (const { digest, invitation } of await readAll(session))
    if (invitation.voucher.claimKey === voucher.claimKey) await session.store.remove(rawReference(digest), scope);
}
