import { isAddress, type Address } from "viem";

/** What is wrong with a typed account. */
export type AccountFault = "prefix" | "digit" | "length" | "checksum";

/** Hexadecimal digits of an address after its 0x. */
const DIGITS = 40;

/** The account that was typed; null while it is none. Letters of mixed case carry a checksum, which has to be right. */
export function typedAccount(typed: string): Address | null {
  const text = typed.trim();
  const mixed = /[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2));
  return isAddress(text, { strict: mixed }) ? text : null;
}

/** What keeps a typed text from being an account, and how many digits it has; null when nothing does, or nothing was typed. */
export function accountFault(typed: string): { readonly fault: AccountFault; readonly digits: number } | null {
  const text = typed.trim();
  if (text === "" || typedAccount(text) !== null) return null;
  const digits = text.slice(2).length;
  if (!text.startsWith("0x")) return { fault: "prefix", digits };
  if (!/^[0-9a-f]*$/i.test(text.slice(2))) return { fault: "digit", digits };
  return { fault: digits === DIGITS ? "checksum" : "length", digits };
}
