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

const nameOf = (session: UnlockedSession, hospital: number) =>
  sha256(stringToBytes(`chartkey/invitations/1|${ownerOf(session)}|${hospital}`));

/** The list that this account has not finished; null when there is none, or it is not for this key. Throws `LIST_UNAVAILABLE`. */
export async function readKeptList(session: UnlockedSession, hospital: number): Promise<InvitationList | null> {
  const sealed = await lists
    .ask<SealedDraft | undefined>("readonly", (store) => store.get(nameOf(session, hospital)))
    .catch((cause: unknown) => {
      throw unavailable(cause);
    });
  if (!sealed) return null;
  return (openDraft(session.vault, sealed) as Promise<InvitationList>).catch(() => null);
}

/** Keeps the list on this device, sealed to the account's own key. Throws `LIST_UNAVAILABLE`. */
export async function keepList(session: UnlockedSession, hospital: number, list: InvitationList): Promise<void> {
  const sealed = await sealDraft(session.vault.identity.publicBytes, list);
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
