import type { Address, Hex } from "viem";
import { randomBytes } from "../bytes.ts";
import { type PayloadMeta, sealPayload } from "../crypto/payload.ts";
import { type WrapTarget, encodeWraps, wrapKey } from "../crypto/wraps.ts";
import type { PublishedKey } from "../chain/directory.ts";
import type { ContentReference } from "../storage/cid.ts";
import { categoryFile } from "../storage/scope.ts";
import { type ReadSession, chartContext, payloadContext } from "./session.ts";

/** What is sealed for a chart. */
export interface Sealable {
  patient: Address;
  author: Address;
  category: number;
  meta: PayloadMeta;
  data: Uint8Array;
  /** Asked when the payload is stored: the later it is known who may read, the less can change before the entry is mined. */
  readers: () => Promise<PublishedKey[]>;
  /** Whom the store gives both documents without a grant. */
  to?: Address;
}

/** A payload and its wraps in the store, ready to be anchored. */
export interface StoredPayload extends ContentReference {
  wraps: Hex;
}

export function wrapTarget(session: ReadSession, patient: Address, author: Address, payload: Hex): WrapTarget {
  return { context: { ...chartContext(session, patient), author }, payload };
}

/** Seals one payload under a fresh key, seals the key to each reader, and stores both. */
export async function sealAndStore(session: ReadSession, sealable: Sealable): Promise<StoredPayload> {
  const { patient, author, category, meta, data } = sealable;
  const key = randomBytes(32);
  const file = categoryFile(patient, category, sealable.to);
  const context = payloadContext(session, patient, author, category);
  const payload = await session.store.put(await sealPayload(key, context, meta, data), file);
  const readers = await sealable.readers();
  const target = wrapTarget(session, patient, author, payload.digest);
  const wraps = await Promise.all(readers.map((reader) => wrapKey(target, { category, key }, reader)));
  return { ...payload, wraps: (await session.store.put(encodeWraps({ wraps }), file)).digest };
}
