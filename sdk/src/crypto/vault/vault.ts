import { type Bytes, concat, copy, randomBytes } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";
import { canonicalBytes } from "../../json.ts";
import { openSmall, sealSmall } from "../aead.ts";
import { type Sealed, hpkeOpen, hpkeSeal } from "../hpke.ts";
import { type VaultContext, vaultText } from "./context.ts";
import { type VaultDocument, decodeVault, describeMethod, encodeMethod, encodeVault } from "./document.ts";
import { type Method, type Opener, fits, openMethod } from "./methods.ts";
import { type Vault, type VaultSecrets, decodeSecrets, encodeSecrets, importSecrets } from "./secrets.ts";

/** A vault in the clear, between being opened and sealed again. */
export interface OpenVault {
  secrets: VaultSecrets;
  methods: readonly Method[];
}

/** The seal of the vault key to a method: bound to the method's whole description. */
function wrapInfo(context: VaultContext, method: Method): Bytes {
  return concat(vaultText(context, "wrap|"), canonicalBytes(describeMethod(method)));
}

/** The seal of the secrets: bound to all methods with their ciphertexts, so that none is dropped, added or exchanged. */
function secretsInfo(context: VaultContext, methods: VaultDocument["methods"]): Bytes {
  return concat(vaultText(context, "secrets|"), canonicalBytes(methods.map(encodeMethod)));
}

/**
 * Seals a vault under a fresh vault key, to each method's public key (HPKE, RFC 9180): whoever kept an earlier vault key, or a way to open
 * that was removed since, opens nothing of it (docs/adr/0013). Returns the document and the unlocked vault.
 */
export async function sealVault(context: VaultContext, { secrets, methods }: OpenVault) {
  const vaultKey = randomBytes(32);
  const sealed = await Promise.all(
    methods.map(async (method): Promise<Method & Sealed> => {
      const { enc, ct } = await hpkeSeal(method.key, vaultKey, wrapInfo(context, method));
      return { ...method, enc, ct };
    }),
  );
  const ct = await sealSmall(vaultKey, encodeSecrets(secrets), secretsInfo(context, sealed));
  const document = encodeVault({ methods: sealed, ct });
  return { document, vault: await importSecrets(context, secrets, document) };
}

/** Throws `VAULT_METHOD_MISSING`. */
function chooseMethod({ methods }: VaultDocument, opener: Opener): Method & Sealed {
  const method = methods.find((candidate) => fits(candidate, opener));
  if (method === undefined)
    throw new ChartkeyError(
      "VAULT_METHOD_MISSING",
      `This vault does not open with this ${opener.type}. Use another way, or your recovery code.`,
      { details: { type: opener.type, ways: methods.map(({ type }) => type) } },
    );
  return method;
}

/** Opens a vault to change it. Throws what `unlockVault` throws. */
export async function openVault(context: VaultContext, bytes: Uint8Array, opener: Opener): Promise<OpenVault> {
  const document = decodeVault(bytes);
  const method = chooseMethod(document, opener);
  const key = await openMethod(context, method, opener);
  const vaultKey = await hpkeOpen(key, method, wrapInfo(context, method));
  const secrets = await openSmall(vaultKey, document.ct, secretsInfo(context, document.methods));
  return { secrets: decodeSecrets(secrets), methods: document.methods };
}

/**
 * Opens a vault. Throws `CRYPTO_OPEN_FAILED` when the wallet, code, passcode or passkey is not the vault's, or the vault was altered;
 * `VAULT_METHOD_MISSING`, `VAULT_PASSCODE_NEEDED`, `RECOVERY_CODE_MALFORMED`, `UNLOCK_UNSUPPORTED_WALLET`, `DOCUMENT_MALFORMED`,
 * `DOCUMENT_VERSION`, and what the opener's `sign` throws.
 */
export async function unlockVault(context: VaultContext, bytes: Uint8Array, opener: Opener): Promise<Vault> {
  const { secrets } = await openVault(context, bytes, opener);
  return importSecrets(context, secrets, copy(bytes));
}
