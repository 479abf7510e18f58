import { equalBytes } from "../bytes.ts";
import { addMethod, removeMethod, renewRecoveryCode, rotateVault } from "../crypto/vault/change.ts";
import { decodeVault } from "../crypto/vault/document.ts";
import type { Method } from "../crypto/vault/methods.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import { type OpenVault, openVault, sealVault } from "../crypto/vault/vault.ts";
import { readVersions } from "../chain/directory.ts";
import { type PreparedVault, publishVault, readVaultDocument, requireVault } from "./keys.ts";
import { type OnPhase, type Session, accountOf, vaultContext } from "./session.ts";
import { type NewWay, type UnlockWay, type UnlockWith, toAddedMethods, toOpener, toUnlockWay } from "./unlock-ways.ts";

/** The ways to open the account's vault. Throws `VAULT_MISSING`, `VAULT_LOST`, `DOCUMENT_MALFORMED`, and what the store throws. */
export async function readUnlockWays(session: Session): Promise<UnlockWay[]> {
  const { methods } = decodeVault(await readVaultDocument(session, await requireVault(session)));
  return methods.map(toUnlockWay);
}

/** A vault that was opened to be changed. It is opened each time: the keys of an unlocked vault cannot be read (O04). */
interface Opened {
  open: OpenVault;
  /** The version that a change replaces. */
  vaultVersion: number;
}

async function openNewest(session: Session, way: UnlockWith): Promise<Opened> {
  const published = await requireVault(session);
  const document = await readVaultDocument(session, published);
  const open = await openVault(vaultContext(session), document, toOpener(session, way));
  return { open, vaultVersion: published.version };
}

async function publishChange(session: Session, open: OpenVault, vaultVersion: number, onPhase?: OnPhase) {
  const { vault } = await sealVault(vaultContext(session), open);
  return publishVault(session, vault, { vaultVersion }, onPhase);
}

/**
 * Adds a way to open, or replaces the same one: to set, change or drop the passcode, add the wallet with or without it.
 * @param way what opens the vault now
 * Throws `VAULT_CONFLICT` (another device was faster: nothing was changed), `UNLOCK_UNSUPPORTED_WALLET`, `UNLOCK_NOT_DETERMINISTIC`,
 * `PASSCODE_TOO_SHORT`, `VAULT_TOO_MANY_METHODS`, and what `unlock` throws.
 */
export async function addUnlockWay(
  session: Session,
  way: UnlockWith,
  added: NewWay,
  onPhase?: OnPhase,
): Promise<Vault> {
  onPhase?.("checking");
  const [method] = await toAddedMethods(session, [added]);
  const { open, vaultVersion } = await openNewest(session, way);
  onPhase?.("encrypting");
  return publishChange(session, await addMethod(vaultContext(session), open, method!), vaultVersion, onPhase);
}

/** A way that can be removed: the wallet, or one passkey. The recovery code is only ever replaced, so one way always stays. */
export type RemovableWay = { type: "wallet" } | { type: "passkey"; credential: Uint8Array };

function names(removed: RemovableWay): (method: Method) => boolean {
  if (removed.type === "wallet") return ({ type }) => type === "wallet";
  return (method) => method.type === "passkey" && equalBytes(method.credential, removed.credential);
}

/** Removes a way to open. Throws `VAULT_METHOD_MISSING`, `VAULT_CONFLICT`, and what `unlock` throws. */
export async function removeUnlockWay(
  session: Session,
  way: UnlockWith,
  removed: RemovableWay,
  onPhase?: OnPhase,
): Promise<Vault> {
  onPhase?.("checking");
  const { open, vaultVersion } = await openNewest(session, way);
  return publishChange(session, removeMethod(open, names(removed)), vaultVersion, onPhase);
}

/**
 * Makes a new recovery code. The one before works until `publish`, which is called when the owner has written the new one down.
 * Throws what `unlock` throws.
 */
export async function prepareRecoveryCode(session: Session, way: UnlockWith): Promise<PreparedVault> {
  const { open: opened, vaultVersion } = await openNewest(session, way);
  const { open, recoveryCode } = await renewRecoveryCode(vaultContext(session), opened);
  const { vault } = await sealVault(vaultContext(session), open);
  return { vault, recoveryCode, publish: (onPhase) => publishVault(session, vault, { vaultVersion }, onPhase) };
}

/**
 * Publishes a new X25519 key. The one before stays in the vault: what was sealed to it still opens. Epoch keys stay.
 * Throws `VAULT_CONFLICT`, and what `unlock` throws.
 */
export async function rotateKey(session: Session, way: UnlockWith, onPhase?: OnPhase): Promise<Vault> {
  onPhase?.("checking");
  const { keyVersion } = await readVersions(session.chain, accountOf(session));
  const { open, vaultVersion } = await openNewest(session, way);
  onPhase?.("encrypting");
  const { vault } = await sealVault(vaultContext(session), await rotateVault(open));
  return publishVault(session, vault, { vaultVersion, keyVersion }, onPhase);
}
