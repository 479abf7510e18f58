import { type Address, type Hex, concatBytes, getAddress, hexToBytes, keccak256, stringToBytes } from "viem";
import { sha256 } from "../bytes.ts";

/** A source that the compiler read, by its Keccak-256. */
export interface NamedSource {
  readonly path: string;
  readonly hash: Hex;
}

/** The code of a minimal proxy (ERC-1167), around the address that it delegates to. */
const PROXY = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;
/** CBOR: the key "ipfs", and 34 bytes that begin as a SHA-256 multihash does. */
const IPFS_KEY = "6469706673" + "5822" + "1220";
const HASH = /^0x[0-9a-f]{64}$/;

/** Whose code a minimal proxy (ERC-1167) runs; null for other code. */
export function implementationOf(code: Hex): Address | null {
  const [, implementation] = PROXY.exec(code.toLowerCase()) ?? [];
  return implementation === undefined ? null : getAddress(`0x${implementation}`);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

/** SHA-256 of a file of one block in IPFS: UnixFS in a dag-pb node, as the compiler hashes its metadata. */
async function ipfsDigest(text: string): Promise<string> {
  const data = stringToBytes(text);
  const size = varint(data.length);
  const file = concatBytes([Uint8Array.of(0x08, 0x02, 0x12, ...size), data, Uint8Array.of(0x18, ...size)]);
  const node = concatBytes([Uint8Array.of(0x0a, ...varint(file.length)), file]);
  return [...(await sha256(node))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands at the end of code whose last two bytes say how long it is. */
function metadataTail(code: Hex): string {
  const bytes = hexToBytes(code);
  const length = bytes.length < 2 ? 0 : bytes.at(-2)! * 256 + bytes.at(-1)!;
  return code.slice(-2 * (length + 2), -4).toLowerCase();
}

/**
 * The sources that a compiler's metadata names, when code ends with the hash of exactly this text; null when it does not, or when the text
 * is no metadata. The hash says which sources the compiler was given, not that this code is what it makes of them: that takes compiling.
 */
export async function verifyMetadata(code: Hex, metadata: string): Promise<NamedSource[] | null> {
  if (!metadataTail(code).includes(IPFS_KEY + (await ipfsDigest(metadata)))) return null;
  const { sources } = JSON.parse(metadata) as { sources: Record<string, { keccak256: Hex }> };
  const named = Object.entries(sources).map(([path, { keccak256: hash }]) => ({ path, hash }));
  return named.every(({ hash }) => HASH.test(hash)) ? named : null;
}

/** Whether a text is the source that metadata names. */
export function isSource(text: string, { hash }: NamedSource): boolean {
  return keccak256(stringToBytes(text)) === hash;
}
