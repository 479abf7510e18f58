import { ChartkeyError, openDraft, sealDraft, type SealedDraft, type UnlockedSession } from "@chartkey/sdk";
import { sha256, stringToBytes } from "viem";
import { database } from "../../../lib/session/database.ts";
import { ownerOf } from "../../../lib/session/vault.ts";
import type { Person } from "./people.ts";

/** Somebody of a list, with the invitation as `encodeInvitation` writes it once it was signed. */
export interface ListLine extends Person {
  readonly invitation?: string;
}

/** People whom a hospital invites, in the order of their list. */
export type InvitationList = readonly ListLine[];

const lists = database("chartkey.invitations", "lists");

function unavailable(cause: unknown): ChartkeyError {
  const message =
    "This browser does not keep the list: it is not allowed to, or has no room. What was signed before is safe. Allow this site to keep data, or make room, and go on.";
  return new ChartkeyError("LIST_UNAVAILABLE", message, { cause });
}

/** Without its cause: people would read the innermost sentence, which is about keys. */
function notOpened(): ChartkeyError {
  const message =
    "This browser keeps a list that the key of this account does not open. Nothing of it was changed: it may hold invitations that were signed. Unlock with the key of that time, or forget the list and begin another.";
  return new ChartkeyError("LIST_NOT_OPENED", message);
}

function begunElsewhere(cause: unknown): ChartkeyError {
  const message =
    "Another page began a list meanwhile. It is kept as it is, and this one is not. Load the page again to go on with it, or forget it there first.";
  return new ChartkeyError("LIST_BEGUN", message, { cause });
}

const nameOf = (session: UnlockedSession, hospital: number) =>
  sha256(stringToBytes(`chartkey/invitations/1|${ownerOf(session)}|${hospital}`));

/**
 * The list that this account has not finished; null when there is none. Throws `LIST_UNAVAILABLE`, and `LIST_NOT_OPENED` for one that is
 * there and not for this key.
 */
export async function readKeptList(session: UnlockedSession, hospital: number): Promise<InvitationList | null> {
  const sealed = await lists
    .ask<SealedDraft | undefined>("readonly", (store) => store.get(nameOf(session, hospital)))
    .catch((cause: unknown) => {
      throw unavailable(cause);
    });
  if (!sealed) return null;
  try {
    return (await openDraft(session.vault, sealed)) as InvitationList;
  } catch {
    throw notOpened();
  }
}

const seal = (session: UnlockedSession, list: InvitationList) => sealDraft(session.vault.identity.publicBytes, list);

/** Keeps a new list on this device, sealed to the account's own key. Throws `LIST_BEGUN` when there is one, and `LIST_UNAVAILABLE`. */
export async function beginList(session: UnlockedSession, hospital: number, list: InvitationList): Promise<void> {
  const sealed = await seal(session, list);
  try {
    await lists.ask("readwrite", (store) => store.add(sealed, nameOf(session, hospital)));
  } catch (cause) {
    const isTaken = cause instanceof DOMException && cause.name === "ConstraintError";
    throw isTaken ? begunElsewhere(cause) : unavailable(cause);
  }
}

/** Keeps the list as it is now. Throws `LIST_UNAVAILABLE`. */
export async function keepList(session: UnlockedSession, hospital: number, list: InvitationList): Promise<void> {
  const sealed = await seal(session, list);
  try {
    await lists.ask("readwrite", (store) => store.put(sealed, nameOf(session, hospital)));
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** Forgets the list. Throws `LIST_UNAVAILABLE`. */
export async function dropList(session: UnlockedSession, hospital: number): Promise<void> {
  try {
    await lists.ask("readwrite", (store) => store.delete(nameOf(session, hospital)));
  } catch (cause) {
    throw unavailable(cause);
  }
}
