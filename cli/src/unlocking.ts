import { ChartkeyError, type UnlockWith } from "@chartkey/sdk";
import type { Io } from "./io.ts";

/** Opens a vault with the wallet, and the passcode when the vault asks for one: `CHARTKEY_PASSCODE`, or what is typed. */
export async function withWallet<Opened>(io: Io, open: (way: UnlockWith) => Promise<Opened>): Promise<Opened> {
  const passcode = io.env["CHARTKEY_PASSCODE"];
  if (passcode) return open({ type: "wallet", passcode });
  try {
    return await open({ type: "wallet" });
  } catch (error) {
    if (!(error instanceof ChartkeyError && error.code === "VAULT_PASSCODE_NEEDED")) throw error;
    return open({ type: "wallet", passcode: await io.readSecret("Your passcode: ") });
  }
}

/** Opens a vault with the recovery code, which is asked for. */
export async function withCode<Opened>(io: Io, open: (way: UnlockWith) => Promise<Opened>): Promise<Opened> {
  return open({ type: "recovery", code: await io.readSecret("Recovery code: ") });
}
