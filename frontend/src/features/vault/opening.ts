import { sameAddress, type Session, type UnlockWay, type UnlockWith } from "@chartkey/sdk";
import { askPasskey, hasPasskeys } from "./passkey.ts";

/** What opens a vault here: the connected wallet, the wallet with a passcode, a passkey, or the recovery code. */
export type Opening = "wallet" | "passcode" | "passkey" | "code";

/** What somebody typed to open a vault. */
export interface OpeningValues {
  readonly passcode: string;
  readonly code: string;
}

export const noValues: OpeningValues = { passcode: "", code: "" };

/** The openings that this vault, wallet and browser have together, the easiest first. */
export function openingsOf({ wallet }: Session, ways: readonly UnlockWay[]): Opening[] {
  const own = ways.find((way) => way.type === "wallet" && sameAddress(way.wallet, wallet.account.address));
  const byWallet: Opening[] = own?.type === "wallet" ? [own.passcode ? "passcode" : "wallet"] : [];
  const byPasskey: Opening[] = hasPasskeys() && ways.some(({ type }) => type === "passkey") ? ["passkey"] : [];
  return [...byWallet, ...byPasskey, "code"];
}

/** The openings to offer while the vault's own ways were not read: to read them takes a signature. */
export function likelyOpenings(): Opening[] {
  return hasPasskeys() ? ["wallet", "passkey", "code"] : ["wallet", "code"];
}

/** How often the wallet signs while a vault is opened. */
export const signaturesOf = (opening: Opening): number => (opening === "wallet" || opening === "passcode" ? 1 : 0);

/** What the sdk opens the vault with; asks a passkey when it is to be one. Throws what `askPasskey` throws. */
export async function toUnlockWith(
  opening: Opening,
  { passcode, code }: OpeningValues,
  ways: readonly UnlockWay[],
): Promise<UnlockWith> {
  if (opening === "wallet") return { type: "wallet" };
  if (opening === "passcode") return { type: "wallet", passcode };
  if (opening === "code") return { type: "recovery", code };
  return { type: "passkey", ...(await askPasskey(ways.filter((way) => way.type === "passkey"))) };
}
