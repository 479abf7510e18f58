import {
  addUnlockWay,
  removeUnlockWay,
  rotateKey,
  type Bytes,
  type OnPhase,
  type Session,
  type UnlockWay,
  type UnlockWith,
  type Vault,
} from "@chartkey/sdk";
import { createPasskey } from "./passkey.ts";

/** A change of what opens the vault, or of the key in it. */
export type Change =
  | { readonly kind: "passkey" | "passcode" | "dropPasscode" | "wallet" | "removeWallet" | "rotate" }
  | { readonly kind: "removePasskey"; readonly credential: Bytes };

/** How often the wallet signs for a new lock: the same words twice, to be sure that it can repeat them. */
export function signaturesFor({ kind }: Change): number {
  return kind === "passcode" || kind === "dropPasscode" || kind === "wallet" ? 2 : 0;
}

/** Makes a change: one transaction. Throws what the sdk's function and `createPasskey` throw. */
export async function makeChange(
  session: Session,
  change: Change,
  { opener, ways, newPasscode }: { opener: UnlockWith; ways: readonly UnlockWay[]; newPasscode: string },
  onPhase: OnPhase,
): Promise<Vault> {
  const wallet = { type: "wallet" } as const;
  switch (change.kind) {
    case "passkey": {
      const known = ways.filter((way) => way.type === "passkey");
      const passkey = await createPasskey(session.wallet.account.address, known);
      return addUnlockWay(session, opener, passkey, onPhase);
    }
    case "passcode":
      return addUnlockWay(session, opener, { ...wallet, passcode: newPasscode }, onPhase);
    case "dropPasscode":
    case "wallet":
      return addUnlockWay(session, opener, wallet, onPhase);
    case "removeWallet":
      return removeUnlockWay(session, opener, wallet, onPhase);
    case "removePasskey":
      return removeUnlockWay(session, opener, { type: "passkey", credential: change.credential }, onPhase);
    case "rotate":
      return rotateKey(session, opener, onPhase);
  }
}
