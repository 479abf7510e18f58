import { type Bytes, utf8 } from "../bytes.ts";
import { hkdf } from "./aead.ts";
import { type PayloadContext, contextText } from "./context.ts";

/** Bytes of an order's seed: whoever has it reads the pharmacy copy and may have the order dispensed. */
export const SEED_SIZE = 32;

/** Content key of an order's pharmacy copy, 32 bytes: HKDF-SHA-256 (RFC 5869) of the seed. */
export function copyKey(seed: Uint8Array, context: PayloadContext): Promise<Bytes> {
  return hkdf(seed, new Uint8Array(), utf8(`chartkey/order-copy/1|${contextText(context)}`), 32);
}

/**
 * Private key (secp256k1, 32 bytes) of an order's dispense address. It comes from the seed and from the digest of the pharmacy copy, so
 * that the address on the chain commits its prescriber to that copy: there is no other copy for the same address.
 * @param copy 0x-prefixed SHA-256 of the sealed copy.
 */
export function dispenseSecret(seed: Uint8Array, context: PayloadContext, copy: string): Promise<Bytes> {
  const info = utf8(`chartkey/order-dispense/1|${contextText(context)}|${copy.toLowerCase()}`);
  return hkdf(seed, new Uint8Array(), info, 32);
}
