import type { Address } from "viem";
import { type Bytes, randomBytes } from "../bytes.ts";
import { type ByteStream, collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { sealPayload } from "../crypto/payload.ts";
import { MAX_DATA } from "../crypto/payload-layout.ts";
import { MAX_SEALED, openPayloadStream, sealPayloadStream } from "../crypto/payload-stream.ts";
import { onlyIf } from "../storage/checked-stream.ts";
import { type ContentReference, IMPORT_PROFILE } from "../storage/cid.ts";
import { type FileScope, categoryFile } from "../storage/scope.ts";
import { type ReadSession, type Session, accountOf, payloadContext, signerOf } from "./session.ts";
import { withSpooled } from "./spool.ts";

/** Content type of a payload whose data are another payload, byte for byte. */
const COVER = { contentType: "application/vnd.chartkey.sealed" };

/** A payload that is sealed once more: where it is, and the key of the outer seal. */
export interface Cover {
  reference: ContentReference;
  key: Bytes;
}

/** An anchored payload: in memory when it is one block, else as a stream that fails at its end when it is not what was anchored. */
export type AnchoredPayload = Bytes | AsyncIterable<Uint8Array>;

export const partsOf = (payload: AnchoredPayload): ByteStream => (payload instanceof Uint8Array ? [payload] : payload);

/** Reads a payload to its end, to know that all of it is there. Throws what its parts throw. */
export async function readThrough(payload: AnchoredPayload): Promise<void> {
  for await (const _ of partsOf(payload));
}

/**
 * Seals an anchored payload once more under a fresh key and stores that: whoever opens it has the anchored bytes again and checks them
 * against the ledger (ADR 0021). What comes as a stream goes through the session's spool, twice, in constant memory.
 */
export async function storeCover(
  session: Session,
  category: number,
  payload: AnchoredPayload,
  file: FileScope = categoryFile(accountOf(session), category),
): Promise<Cover> {
  const key = randomBytes(32);
  const context = payloadContext(session, accountOf(session), signerOf(session), category);
  if (payload instanceof Uint8Array) {
    const sealed = await sealPayload(key, context, COVER, payload);
    return { reference: await session.store.put(sealed, file), key };
  }
  const reference = await withSpooled(session, payload, (blob) =>
    withSpooled(session, sealPayloadStream(key, context, COVER, blob.size, blob.stream()), (sealed) =>
      session.store.put(sealed, file),
    ),
  );
  return { reference, key };
}

/** Stores an anchored payload as it is. */
export async function storeAnchored(session: Session, payload: AnchoredPayload, file: FileScope): Promise<void> {
  if (payload instanceof Uint8Array) await session.store.put(payload, file);
  else await withSpooled(session, payload, (blob) => session.store.put(blob, file));
}

/** What the patient sealed again is another payload than the anchored one. */
export const wrongCover = ({ digest }: ContentReference) =>
  new ChartkeyError(
    "COVER_MALFORMED",
    "What the patient sealed again is not what was anchored. We do not show it; ask the patient to do it again.",
    { details: { digest } },
  );

/**
 * The anchored payload that a cover holds. Throws, here or at the end of the stream, `COVER_MALFORMED` when it is another one, and what
 * `openPayloadStream` and the store throw.
 * @param author who made the cover: the author of its notice.
 */
export async function readCover(
  session: ReadSession,
  { patient, author, category }: { patient: Address; author: Address; category: number },
  { reference, key }: Cover,
  anchored: ContentReference,
): Promise<AnchoredPayload> {
  const isBlock = anchored.codec === 0;
  const sealed = session.store.read(reference, categoryFile(patient, category), MAX_SEALED);
  const context = payloadContext(session, patient, author, category);
  const { data } = await openPayloadStream(key, context, sealed, isBlock ? IMPORT_PROFILE.chunkSize : MAX_DATA);
  const checked = onlyIf(anchored, data, () => wrongCover(anchored));
  return isBlock ? collect(checked) : checked;
}
