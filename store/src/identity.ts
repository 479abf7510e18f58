import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { base58btc } from "multiformats/bases/base58";
import { syncDirectory, writeFileAtomically } from "./durable.ts";
import { errnoOf, fileError } from "./errors.ts";

/** Name of a store in the form Kubo clients expect. */
export interface Identity {
  /** libp2p peer id, base58btc. */
  readonly peerId: string;
  /** Protobuf of the Ed25519 public key, base64. */
  readonly publicKey: string;
}

const ED25519_BYTES = 32;
/** libp2p protobuf: field 1 (key type) = 1 (Ed25519), field 2 (data) of 32 bytes follows. */
const KEY_HEADER = [0x08, 0x01, 0x12, ED25519_BYTES];
/** Identity multihash of that protobuf: a peer id of an Ed25519 key holds the key itself. */
const PEER_ID_HEADER = [0x00, KEY_HEADER.length + ED25519_BYTES];

/**
 * The identity of a data directory, made at first start. The private half is thrown away: the store talks to no peer,
 * so the id is a name and proves nothing.
 */
export async function openIdentity(dataDir: string): Promise<Identity> {
  const file = path.join(dataDir, "identity");
  try {
    let key = await readKey(file);
    if (!key) {
      const { publicKey } = generateKeyPairSync("ed25519");
      key = publicKey.export({ type: "spki", format: "der" }).subarray(-ED25519_BYTES);
      await writeFileAtomically(file, `${file}.${process.pid}.tmp`, key);
      await syncDirectory(dataDir);
    }
    const encoded = Buffer.from([...KEY_HEADER, ...key]);
    const peerId = base58btc.baseEncode(Buffer.from([...PEER_ID_HEADER, ...encoded]));
    return { peerId, publicKey: encoded.toString("base64") };
  } catch (error) {
    throw fileError(error, "write");
  }
}

async function readKey(file: string): Promise<Buffer | undefined> {
  try {
    const key = await readFile(file);
    return key.length === ED25519_BYTES ? key : undefined;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
