import { bytesToHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { KEM_X25519 } from "../crypto/hpke.ts";
import { type SignUnlock, type UnlockMethod, type Vault, createVault, unlockVault } from "../crypto/vault.ts";
import { readVaultDigest, readVersions } from "../chain/directory.ts";
import { toChainError } from "../chain/reverts.ts";
import { transact } from "../chain/transact.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import { type OnPhase, type Session, accountOf, vaultContext, watch } from "./session.ts";

/** Whether the account has published a key and a vault. */
export async function hasVault(session: Session): Promise<boolean> {
  return (await readVersions(session.chain, accountOf(session))).vaultVersion > 0;
}

function walletSigner({ wallet }: Session): SignUnlock {
  return (typedData) =>
    wallet.signTypedData({ ...typedData, account: wallet.account }).catch((cause: unknown) => {
      throw toChainError(cause);
    });
}

/** A vault that was made and stored but not yet published. */
export interface PreparedVault {
  vault: Vault;
  /** 32 characters in groups; shown once, to be written down. */
  recoveryCode: string;
  /** Publishes the key and the vault: one transaction. Throws what `transact` throws. */
  publish(onPhase?: OnPhase): Promise<Vault>;
}

/**
 * Makes a vault: two wallet signatures. Publish it when its owner has written down the recovery code.
 * Throws `VAULT_EXISTS`, `UNLOCK_NOT_DETERMINISTIC`, `UNLOCK_UNSUPPORTED_WALLET`, `WALLET_REJECTED`.
 */
export async function prepareVault(session: Session): Promise<PreparedVault> {
  const account = accountOf(session);
  const { keyVersion, vaultVersion } = await readVersions(session.chain, account);
  if (vaultVersion > 0) throw new ChartkeyError("VAULT_EXISTS", "This account already has a vault. Unlock it instead.");
  const { document, vault, recoveryCode } = await createVault(vaultContext(session), walletSigner(session));
  const publish = async (onPhase?: OnPhase): Promise<Vault> => {
    onPhase?.("uploading");
    const { digest } = await session.store.put(document);
    const key = bytesToHex(vault.identity.publicBytes);
    const call = {
      address: session.chain.deployment.keyDirectory,
      abi: keyDirectoryAbi,
      functionName: "publish",
      args: [account, KEM_X25519, key, keyVersion, digest, vaultVersion],
    } as const;
    await transact(session.chain, session.wallet, call, watch(onPhase));
    onPhase?.("done");
    return vault;
  };
  return { vault, recoveryCode, publish };
}

/** Makes and publishes a vault in one go, for scripts: the caller keeps the recovery code. */
export async function publishKey(session: Session): Promise<{ vault: Vault; recoveryCode: string }> {
  const { recoveryCode, publish } = await prepareVault(session);
  return { vault: await publish(), recoveryCode };
}

/**
 * Unlocks the account's vault with the wallet (one signature) or with the recovery code.
 * Throws `VAULT_MISSING`, `CRYPTO_OPEN_FAILED`, `RECOVERY_CODE_MALFORMED`, `WALLET_REJECTED`, and what `readVaultDigest` and the store throw.
 */
export async function unlock(session: Session, recoveryCode?: string): Promise<Vault> {
  const digest = await readVaultDigest(session.chain, accountOf(session));
  if (digest === undefined) throw new ChartkeyError("VAULT_MISSING", "This account has no vault yet. Make one first.");
  const document = await session.store.getDocument(digest);
  const method: UnlockMethod =
    recoveryCode === undefined
      ? { type: "wallet", sign: walletSigner(session) }
      : { type: "recovery", code: recoveryCode };
  return unlockVault(document, vaultContext(session), method);
}
