import { type Bytes, concat, equalBytes, randomBytes, utf8 } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";
import { hkdf } from "../aead.ts";
import { type Identity, importIdentity } from "../hpke.ts";
import { type VaultContext, vaultText } from "./context.ts";
import { PASSCODE_ROUNDS, checkPasscode, stretchPasscode } from "./passcode.ts";
import { normalizeRecoveryCode } from "./recovery-code.ts";
import { type SignUnlock, signForUnlock, signTwice } from "./wallet.ts";

/** What opens a vault: it never leaves the device. */
export type Opener =
  /** `address` is the wallet's own. The passcode is asked for when the vault says so. */
  | { type: "wallet"; address: string; sign: SignUnlock; passcode?: string }
  | { type: "recovery"; code: string }
  /** `output`: the 32 bytes that the passkey gives for the method's salt (WebAuthn, PRF extension, `eval.first`). */
  | { type: "passkey"; credential: Uint8Array; output: Uint8Array };

/** What a new way to open is made of. A passkey's salt was its PRF input already. */
export type NewMethod = Exclude<Opener, { type: "passkey" }> | (Extract<Opener, { type: "passkey" }> & { salt: Bytes });

/** A way to open the vault, as the document tells it; the vault key is sealed to `key`. */
export type Method = {
  /** 32 random bytes: salt of the derivation, and what the wallet signs or the passkey is asked for. */
  salt: Bytes;
  /** X25519 public key whose private half the opener gives. */
  key: Bytes;
} & (
  | { type: "wallet"; wallet: string; passcode?: { salt: Bytes; iterations: number } }
  | { type: "recovery" }
  | { type: "passkey"; credential: Bytes }
);

type WalletMethod = Extract<Method, { type: "wallet" }>;

/** X25519 key pair of a method: HKDF-SHA-256 of what its opener gives, bound to chain, directory, account and kind. */
async function methodKey(context: VaultContext, kind: string, salt: Uint8Array, secret: Uint8Array): Promise<Identity> {
  return importIdentity(await hkdf(secret, salt, vaultText(context, `method|${kind}`), 32));
}

async function walletKey(
  context: VaultContext,
  { salt, passcode }: Pick<WalletMethod, "salt" | "passcode">,
  sign: typeof signForUnlock,
  opener: Extract<Opener, { type: "wallet" }>,
): Promise<Identity> {
  if (passcode === undefined) return methodKey(context, "wallet", salt, await sign(context, salt, opener.sign));
  if (opener.passcode === undefined)
    throw new ChartkeyError("VAULT_PASSCODE_NEEDED", "This vault asks for your passcode beside the wallet. Enter it.");
  const signed = await sign(context, salt, opener.sign);
  const stretched = await stretchPasscode(opener.passcode, passcode.salt, passcode.iterations);
  return methodKey(context, "wallet+passcode", salt, concat(signed, stretched));
}

function secretKey(context: VaultContext, salt: Uint8Array, opener: Exclude<Opener, { type: "wallet" }>) {
  const secret = opener.type === "recovery" ? utf8(normalizeRecoveryCode(opener.code)) : opener.output;
  return methodKey(context, opener.type, salt, secret);
}

/** Whether an opener is for this method: the same wallet, the same passkey. */
export function fits(method: Method, opener: Opener): boolean {
  if (method.type === "wallet")
    return opener.type === "wallet" && method.wallet.toLowerCase() === opener.address.toLowerCase();
  if (method.type === "passkey") return opener.type === "passkey" && equalBytes(method.credential, opener.credential);
  return opener.type === "recovery";
}

/**
 * The key pair of a method. Throws `VAULT_PASSCODE_NEEDED`, `RECOVERY_CODE_MALFORMED`, `UNLOCK_UNSUPPORTED_WALLET`, and what `sign` throws.
 */
export function openMethod(context: VaultContext, method: Method, opener: Opener): Promise<Identity> {
  if (opener.type !== "wallet") return secretKey(context, method.salt, opener);
  return walletKey(context, method.type === "wallet" ? method : { salt: method.salt }, signForUnlock, opener);
}

/**
 * Makes a way to open; a wallet signs twice. Throws `UNLOCK_NOT_DETERMINISTIC`, `UNLOCK_UNSUPPORTED_WALLET`, `PASSCODE_TOO_SHORT`,
 * `RECOVERY_CODE_MALFORMED`, and what `sign` throws.
 */
export async function makeMethod(context: VaultContext, opener: NewMethod): Promise<Method> {
  const salt = opener.type === "passkey" ? opener.salt : randomBytes(32);
  if (opener.type !== "wallet") {
    const { publicBytes: key } = await secretKey(context, salt, opener);
    return opener.type === "recovery"
      ? { type: "recovery", salt, key }
      : { type: "passkey", salt, key, credential: new Uint8Array(opener.credential) };
  }
  if (opener.passcode !== undefined) checkPasscode(opener.passcode);
  const passcode =
    opener.passcode === undefined ? {} : { passcode: { salt: randomBytes(32), iterations: PASSCODE_ROUNDS } };
  const { publicBytes: key } = await walletKey(context, { salt, ...passcode }, signTwice, opener);
  return { type: "wallet", wallet: opener.address.toLowerCase(), salt, key, ...passcode };
}
