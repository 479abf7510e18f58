import { isAddress, type Address } from "viem";

/** The account that was typed; null while it is none. Letters of mixed case carry a checksum, which has to be right. */
export function typedAccount(typed: string): Address | null {
  const text = typed.trim();
  const mixed = /[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2));
  return isAddress(text, { strict: mixed }) ? text : null;
}
