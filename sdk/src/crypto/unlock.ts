import { hexToBytes } from "viem";
import { type Bytes, copy, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { hkdf } from "./aead.ts";

/** Whose vault: it is bound to the chain and to KeyDirectory. */
export interface VaultContext {
  chainId: number;
  /** Address of KeyDirectory. */
  directory: `0x${string}`;
  account: `0x${string}`;
}

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

/**
 * Key that a wallet signature gives, 32 bytes: HKDF of `r || s`.
 * Throws `UNLOCK_UNSUPPORTED_WALLET` for anything but a 65-byte signature: contract accounts do not sign deterministically.
 */
export async function keyFromSignature(
  signature: `0x${string}`,
  context: VaultContext,
  salt: Uint8Array,
): Promise<Bytes> {
  const bytes = hexToBytes(signature);
  if (bytes.length !== 65)
    throw new ChartkeyError(
      "UNLOCK_UNSUPPORTED_WALLET",
      "This wallet cannot unlock by signature. Use your recovery code instead.",
    );
  const info = utf8(
    `chartkey/unlock/1|eip155:${context.chainId}|${context.directory}|${context.account}`.toLowerCase(),
  );
  return hkdf(copy(bytes.subarray(0, 64)), salt, info, 32);
}
