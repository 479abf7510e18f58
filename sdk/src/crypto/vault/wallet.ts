import { bytesToHex, hexToBytes } from "viem";
import { type Bytes, copy, equalBytes } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";
import type { VaultContext } from "./context.ts";

/** Signs the `Unlock` message with a wallet. Resolves to 65 bytes in hex: `r || s || v`. */
export type SignUnlock = (typedData: ReturnType<typeof unlockTypedData>) => Promise<`0x${string}`>;

/** EIP-712 message whose signature unlocks a vault. It authorises nothing else (O17). */
export function unlockTypedData({ chainId, directory, account }: VaultContext, salt: `0x${string}`) {
  return {
    domain: { name: "Chartkey Vault", version: "1", chainId, verifyingContract: directory },
    types: {
      Unlock: [
        { name: "purpose", type: "string" },
        { name: "warning", type: "string" },
        { name: "account", type: "address" },
        { name: "salt", type: "bytes32" },
      ],
    },
    primaryType: "Unlock",
    message: {
      purpose: "Unlock my Chartkey records on this device",
      warning: "Sign this only in the Chartkey app. Whoever has this signature and your vault can read your records.",
      account,
      salt,
    },
  } as const;
}

/** The refusal of a wallet whose signature cannot be repeated: a contract, or an account that delegates to one (EIP-7702). */
export function unsupportedWallet(): ChartkeyError {
  return new ChartkeyError(
    "UNLOCK_UNSUPPORTED_WALLET",
    "This wallet cannot unlock by signature. Use a passkey or your recovery code instead.",
  );
}

/** `r || s` of the wallet's signature over the vault's salt, 64 bytes. Throws `UNLOCK_UNSUPPORTED_WALLET` for any other shape. */
export async function signForUnlock(context: VaultContext, salt: Uint8Array, sign: SignUnlock): Promise<Bytes> {
  const bytes = hexToBytes(await sign(unlockTypedData(context, bytesToHex(salt))));
  if (bytes.length !== 65) throw unsupportedWallet();
  return copy(bytes.subarray(0, 64));
}

/**
 * The same, asked for twice: a wallet that does not sign deterministically (RFC 6979) could never unlock again.
 * Throws `UNLOCK_NOT_DETERMINISTIC`, `UNLOCK_UNSUPPORTED_WALLET`.
 */
export async function signTwice(context: VaultContext, salt: Uint8Array, sign: SignUnlock): Promise<Bytes> {
  const first = await signForUnlock(context, salt, sign);
  if (!equalBytes(first, await signForUnlock(context, salt, sign)))
    throw new ChartkeyError(
      "UNLOCK_NOT_DETERMINISTIC",
      "This wallet gives a different signature each time and could not unlock your records again. Use another wallet, or a passkey.",
    );
  return first;
}
