import { bytesToHex } from "viem";
import { type Bytes, equalBytes, fromBase64Url, fromUtf8, randomBytes, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { hkdf, hkdfFrom, importHkdfKey, openSmall, sealSmall } from "./aead.ts";
import { type Identity, generateIdentitySecret, importIdentity } from "./hpke.ts";
import { generateRecoveryCode, normalizeRecoveryCode } from "./recovery-code.ts";
import { type VaultContext, keyFromSignature, unlockTypedData } from "./unlock.ts";

/** Signs the `Unlock` message with the account's wallet. */
export type SignUnlock = (typedData: ReturnType<typeof unlockTypedData>) => Promise<`0x${string}`>;

/** An unlocked vault. Kept in memory until lock, idle, or a change of account or chain. */
export interface Vault {
  identity: Identity;
  /** HKDF key: every epoch key of the owner's chart comes from it. Not extractable. */
  chartKey: CryptoKey;
  /** What cards are sealed to, of hospitals that the owner administers. */
  reception: Identity;
}

interface VaultSecrets {
  identity: string;
  chartSecret: string;
}

interface VaultDocument {
  account: string;
  salt: Bytes;
  wallet: Bytes;
  recovery: { salt: Bytes; ct: Bytes };
  ct: Bytes;
}

function boundTo({ chainId, directory, account }: VaultContext, purpose: string): Bytes {
  return utf8(`chartkey/vault/1|eip155:${chainId}|${directory.toLowerCase()}|${account.toLowerCase()}|${purpose}`);
}

async function walletKey(context: VaultContext, salt: Bytes, sign: SignUnlock): Promise<Bytes> {
  return keyFromSignature(await sign(unlockTypedData(context, bytesToHex(salt))), context, salt);
}

function recoveryKey(code: string, salt: Bytes, context: VaultContext): Promise<Bytes> {
  return hkdf(utf8(normalizeRecoveryCode(code)), salt, boundTo(context, "recovery-code"), 32);
}

function encodeVault({ account, salt, wallet, recovery, ct }: VaultDocument): Bytes {
  return canonicalBytes({
    v: 1,
    account: account.toLowerCase(),
    salt: toBase64Url(salt),
    methods: [
      { type: "wallet", ct: toBase64Url(wallet) },
      { type: "recovery", salt: toBase64Url(recovery.salt), ct: toBase64Url(recovery.ct) },
    ],
    ct: toBase64Url(ct),
  });
}

function decodeVault(bytes: Uint8Array): VaultDocument {
  const { account, salt, methods, ct } = parseDocument(bytes, "vault");
  const found = (type: string) => {
    const method = Array.isArray(methods)
      ? methods.find((candidate: { type?: unknown }) => candidate?.type === type)
      : undefined;
    if (method === undefined)
      throw new ChartkeyError("VAULT_METHOD_MISSING", `This vault has no way to unlock by ${type}.`);
    return method as Record<string, unknown>;
  };
  const [wallet, recovery] = [found("wallet"), found("recovery")];
  return {
    account: String(account),
    salt: fromBase64Url(salt, 32),
    wallet: fromBase64Url(wallet["ct"]),
    recovery: { salt: fromBase64Url(recovery["salt"], 32), ct: fromBase64Url(recovery["ct"]) },
    ct: fromBase64Url(ct),
  };
}

async function importSecrets({ identity, chartSecret }: VaultSecrets, context: VaultContext): Promise<Vault> {
  const chartKey = await importHkdfKey(fromBase64Url(chartSecret, 32));
  const reception = await hkdfFrom(chartKey, new Uint8Array(), boundTo(context, "reception"), 32);
  return {
    identity: await importIdentity(fromBase64Url(identity, 32)),
    chartKey,
    reception: await importIdentity(reception),
  };
}

/**
 * Makes a vault with a new identity. The wallet signs twice: a wallet that does not sign deterministically (RFC 6979)
 * could never unlock again, so it is refused with `UNLOCK_NOT_DETERMINISTIC`.
 * @returns the document to store, the unlocked vault, and the recovery code to write down; the code is kept nowhere.
 */
export async function createVault(context: VaultContext, sign: SignUnlock) {
  const salt = randomBytes(32);
  const fromWallet = await walletKey(context, salt, sign);
  if (!equalBytes(fromWallet, await walletKey(context, salt, sign)))
    throw new ChartkeyError(
      "UNLOCK_NOT_DETERMINISTIC",
      "This wallet gives a different signature each time and could not unlock your records again. Use another wallet.",
    );
  const secrets: VaultSecrets = {
    identity: toBase64Url(await generateIdentitySecret()),
    chartSecret: toBase64Url(randomBytes(32)),
  };
  const [vaultKey, recoverySalt, recoveryCode] = [randomBytes(32), randomBytes(32), generateRecoveryCode()];
  const fromCode = await recoveryKey(recoveryCode, recoverySalt, context);
  const document = encodeVault({
    account: context.account,
    salt,
    wallet: await sealSmall(fromWallet, vaultKey, boundTo(context, "wallet")),
    recovery: { salt: recoverySalt, ct: await sealSmall(fromCode, vaultKey, boundTo(context, "recovery")) },
    ct: await sealSmall(vaultKey, canonicalBytes(secrets), boundTo(context, "secrets")),
  });
  return { document, vault: await importSecrets(secrets, context), recoveryCode };
}

async function openSecrets(document: VaultDocument, vaultKey: Bytes, context: VaultContext): Promise<VaultSecrets> {
  return JSON.parse(fromUtf8(await openSmall(vaultKey, document.ct, boundTo(context, "secrets")))) as VaultSecrets;
}

/** How a vault is opened: with the wallet, or with the recovery code. */
export type UnlockMethod = { type: "wallet"; sign: SignUnlock } | { type: "recovery"; code: string };

async function openVaultKey(document: VaultDocument, context: VaultContext, method: UnlockMethod): Promise<Bytes> {
  if (method.type === "wallet")
    return openSmall(await walletKey(context, document.salt, method.sign), document.wallet, boundTo(context, "wallet"));
  const key = await recoveryKey(method.code, document.recovery.salt, context);
  return openSmall(key, document.recovery.ct, boundTo(context, "recovery"));
}

/** Opens a vault. Throws `CRYPTO_OPEN_FAILED` when the wallet or the code is not the vault's, or the vault was altered. */
export async function unlockVault(bytes: Uint8Array, context: VaultContext, method: UnlockMethod): Promise<Vault> {
  const document = decodeVault(bytes);
  return importSecrets(await openSecrets(document, await openVaultKey(document, context, method), context), context);
}
