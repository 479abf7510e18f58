import { bytesToHex } from "viem";
import { type Bytes, equalBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { KEM_X25519 } from "../crypto/hpke.ts";
import { newVault } from "../crypto/vault/change.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import { sealVault, unlockVault } from "../crypto/vault/vault.ts";
import { type PublishedVault, findKey, readVault, readVersions } from "../chain/directory.ts";
import { transact } from "../chain/transact.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import { letterTo } from "../storage/scope.ts";
import { type OnPhase, type Session, accountOf, vaultContext, watch } from "./session.ts";
import { type NewWay, type UnlockWith, toAddedMethods, toOpener } from "./unlock-ways.ts";

/** Whether the account has published a key and a vault. */
export async function hasVault(session: Session): Promise<boolean> {
  return (await readVersions(session.chain, accountOf(session))).vaultVersion > 0;
}

/** A vault that was made but neither stored nor published. */
export interface PreparedVault {
  vault: Vault;
  /** 32 characters in groups; shown once, to be written down. */
  recoveryCode: string;
  /** Stores and publishes: one transaction. Throws `VAULT_CONFLICT`, and what the store and `transact` throw. */
  publish(onPhase?: OnPhase): Promise<Vault>;
}

/** Which versions a publication replaces; without `keyVersion` the key stays. */
export interface Replaced {
  vaultVersion: number;
  keyVersion?: number;
}

function conflict(cause: unknown): unknown {
  if (!(cause instanceof ChartkeyError) || cause.code !== "REVERT_KeyDirectory_StaleVersion") return cause;
  const message = "Your vault was changed on another device. Nothing was changed here. Reload, then try again.";
  return new ChartkeyError("VAULT_CONFLICT", message, { cause });
}

/** Stores a vault, then publishes it if nobody else did in the meantime. Throws `VAULT_CONFLICT`, and what the store and `transact` throw. */
export async function publishVault(
  session: Session,
  vault: Vault,
  { vaultVersion, keyVersion }: Replaced,
  onPhase?: OnPhase,
): Promise<Vault> {
  onPhase?.("uploading");
  const { digest } = await session.store.put(vault.document, letterTo(accountOf(session)));
  const [account, key] = [accountOf(session), bytesToHex(vault.identity.publicBytes)];
  const directory = { address: session.chain.deployment.keyDirectory, abi: keyDirectoryAbi } as const;
  const watcher = watch(onPhase);
  try {
    if (keyVersion === undefined) {
      const call = { ...directory, functionName: "publishVault", args: [account, digest, vaultVersion] } as const;
      await transact(session.chain, session.wallet, call, watcher);
    } else {
      const args = [account, KEM_X25519, key, keyVersion, digest, vaultVersion] as const;
      await transact(session.chain, session.wallet, { ...directory, functionName: "publish", args }, watcher);
    }
  } catch (cause) {
    throw conflict(cause);
  }
  onPhase?.("done");
  return vault;
}

/**
 * Makes a vault, by default one that the wallet opens (it signs twice) and a recovery code. Publish it when its owner has written down the
 * code. Throws `VAULT_EXISTS`, `UNLOCK_NOT_DETERMINISTIC`, `UNLOCK_UNSUPPORTED_WALLET` (see `canWalletUnlock`), `PASSCODE_TOO_SHORT`,
 * `WALLET_REJECTED`.
 * @param ways what opens it beside the code; none is possible
 */
export async function prepareVault(
  session: Session,
  ways: readonly NewWay[] = [{ type: "wallet" }],
): Promise<PreparedVault> {
  const replaced = await readVersions(session.chain, accountOf(session));
  if (replaced.vaultVersion > 0)
    throw new ChartkeyError("VAULT_EXISTS", "This account already has a vault. Unlock it instead.");
  const context = vaultContext(session);
  const { open, recoveryCode } = await newVault(context, await toAddedMethods(session, ways));
  const { vault } = await sealVault(context, open);
  return { vault, recoveryCode, publish: (onPhase) => publishVault(session, vault, replaced, onPhase) };
}

/** Makes and publishes a vault in one go, for scripts: the caller keeps the recovery code. */
export async function publishKey(session: Session): Promise<{ vault: Vault; recoveryCode: string }> {
  const { recoveryCode, publish } = await prepareVault(session);
  return { vault: await publish(), recoveryCode };
}

/** The account's newest vault. Throws `VAULT_MISSING`, `VAULT_EVENT_MISSING`, `VAULT_WRONG_DIGEST`, `CHAIN_FAILED`. */
export async function requireVault(session: Session): Promise<PublishedVault> {
  const published = await readVault(session.chain, accountOf(session));
  if (published === undefined)
    throw new ChartkeyError("VAULT_MISSING", "This account has no vault yet. Make one first.");
  return published;
}

/** What a store answers that does not have the bytes of a digest, unlike one that cannot be asked. */
const LOST = new Set(["STORE_NOT_FOUND", "STORE_DAMAGED", "STORE_WRONG_BYTES", "STORE_TOO_LARGE"]);

/** A vault's document; a store that has lost it, or gives another, is noticed by the digest (O26). Throws `VAULT_LOST` and what the store throws. */
export async function readVaultDocument(session: Session, { version, digest }: PublishedVault): Promise<Bytes> {
  try {
    return await session.store.getDocument(digest, letterTo(accountOf(session)));
  } catch (cause) {
    if (!(cause instanceof ChartkeyError && LOST.has(cause.code))) throw cause;
    const message = `The store does not have your vault as it was published (version ${version}). Ask another store, or make it anew from an earlier copy.`;
    throw new ChartkeyError("VAULT_LOST", message, { cause, details: { version } });
  }
}

/**
 * Unlocks the account's vault: with the wallet (one signature), the recovery code, or a passkey.
 * Throws `VAULT_MISSING`, `VAULT_LOST`, `VAULT_KEY_MISMATCH` (its key is not the published one), `WALLET_REJECTED`, and what `unlockVault`,
 * `readVault` and the store throw.
 */
export async function unlock(session: Session, way: UnlockWith = { type: "wallet" }): Promise<Vault> {
  const document = await readVaultDocument(session, await requireVault(session));
  const vault = await unlockVault(vaultContext(session), document, toOpener(session, way));
  const key = await findKey(session.chain, accountOf(session));
  if (key === undefined || !equalBytes(key.publicKey, vault.identity.publicBytes))
    throw new ChartkeyError(
      "VAULT_KEY_MISMATCH",
      "Your vault does not hold the key that is published for your account: it was just changed elsewhere, or by another program. Reload, then unlock again.",
    );
  return vault;
}
