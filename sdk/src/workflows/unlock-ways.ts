import type { Bytes } from "../bytes.ts";
import type { AddedMethod } from "../crypto/vault/change.ts";
import type { Method, Opener } from "../crypto/vault/methods.ts";
import { type SignUnlock, unsupportedWallet } from "../crypto/vault/wallet.ts";
import { toChainError } from "../chain/reverts.ts";
import { type Session, signerOf } from "./session.ts";

/** What somebody opens a vault with: the session's wallet (and a passcode, when the vault asks for it), the recovery code, or a passkey. */
export type UnlockWith = { type: "wallet"; passcode?: string } | Exclude<Opener, { type: "wallet" }>;

/** A way to open that is added. A passkey was asked for its output with `salt` (32 random bytes) as PRF input. */
export type NewWay =
  { type: "wallet"; passcode?: string } | { type: "passkey"; credential: Uint8Array; output: Uint8Array; salt: Bytes };

/** A way to open, as anybody who has the document sees it. */
export type UnlockWay =
  /** `wallet`: the address whose signature is asked for, lower-case. */
  | { type: "wallet"; wallet: string; passcode: boolean }
  | { type: "recovery" }
  /** `salt`: the PRF input (`eval.first`) that the passkey is asked with. */
  | { type: "passkey"; credential: Bytes; salt: Bytes };

function walletSigner({ wallet }: Session): SignUnlock {
  return (typedData) =>
    wallet.signTypedData({ ...typedData, account: wallet.account }).catch((cause: unknown) => {
      throw toChainError(cause);
    });
}

/** What opens a vault, with the session's wallet in it. */
export function toOpener(session: Session, way: UnlockWith): Opener {
  return way.type === "wallet" ? { ...way, address: signerOf(session), sign: walletSigner(session) } : way;
}

/**
 * Whether the wallet can be a way to open. A contract's signatures cannot be repeated, and neither can be relied on for those of an
 * account with code (EIP-7702, 0xef0100...): what it runs may change who signs. Such accounts use a passkey or the recovery code.
 */
export async function canWalletUnlock(session: Session): Promise<boolean> {
  try {
    const code = await session.chain.client.getCode({ address: signerOf(session) });
    return code === undefined || code === "0x";
  } catch (cause) {
    throw toChainError(cause);
  }
}

/** Ways to add, with the session's wallet in them. Throws `UNLOCK_UNSUPPORTED_WALLET`, `CHAIN_FAILED`. */
export async function toAddedMethods(session: Session, ways: readonly NewWay[]): Promise<AddedMethod[]> {
  const asksWallet = ways.some(({ type }) => type === "wallet");
  if (asksWallet && !(await canWalletUnlock(session))) throw unsupportedWallet();
  return ways.map((way) =>
    way.type === "wallet" ? { ...way, address: signerOf(session), sign: walletSigner(session) } : way,
  );
}

export function toUnlockWay(method: Method): UnlockWay {
  if (method.type === "wallet")
    return { type: "wallet", wallet: method.wallet, passcode: method.passcode !== undefined };
  if (method.type === "recovery") return { type: "recovery" };
  return { type: "passkey", credential: method.credential, salt: method.salt };
}
