/** What the tests of payloads have in common. */
import { expect } from "vitest";
import type { Bytes } from "../../src/bytes.ts";
import type { PayloadContext } from "../../src/crypto/context.ts";

export const context: PayloadContext = {
  chainId: 20265,
  registry: "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9",
  patient: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  author: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  category: 7,
};
export const image = { contentType: "image/png" };
export const fhir = { contentType: "application/fhir+json", fullUrl: "urn:uuid:1" };
/** Bytes of a sealed segment. */
export const SEALED_SEGMENT = 65_552;

export const code = (expected: string) => expect.objectContaining({ name: "ChartkeyError", code: expected });

/** The bytes in parts of the given sizes, the last size going on to the end. */
export async function* inParts(bytes: Bytes, sizes: number[]): AsyncGenerator<Bytes> {
  let offset = 0;
  for (let part = 0; offset < bytes.length; part++) {
    const size = sizes[Math.min(part, sizes.length - 1)] ?? bytes.length;
    yield bytes.subarray(offset, offset + size);
    offset += size;
  }
}

export function bytesOf(hex: string): Bytes {
  return new Uint8Array(Buffer.from(hex, "hex"));
}
