import type { Address } from "viem";
import { type Bytes, randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { openPayload, sealPayload } from "../crypto/payload.ts";
import { type ContentReference, referenceOf } from "../storage/cid.ts";
import { type FileScope, categoryFile } from "../storage/scope.ts";
import { type ReadSession, type Session, accountOf, payloadContext, signerOf } from "./session.ts";

/** Content type of a payload whose data are another payload, byte for byte. */
const COVER_TYPE = "application/vnd.chartkey.sealed";

/** A payload that is sealed once more: where it is, and the key of the outer seal. */
export interface Cover {
  reference: ContentReference;
  key: Bytes;
}

/**
 * Seals an anchored payload once more under a fresh key and stores that: whoever opens it has the anchored bytes again and checks them
 * against the ledger (ADR 0021).
 */
export async function storeCover(
  session: Session,
  category: number,
  payload: Uint8Array,
  file: FileScope = categoryFile(accountOf(session), category),
): Promise<Cover> {
  const key = randomBytes(32);
  const context = payloadContext(session, accountOf(session), signerOf(session), category);
  const sealed = await sealPayload(key, context, { contentType: COVER_TYPE }, payload);
  return { reference: await session.store.put(sealed, file), key };
}

/**
 * The anchored payload that a cover holds. Throws `COVER_MALFORMED` when it is another one, and what `openPayload` and the store throw.
 * @param author who made the cover: the author of its notice.
 */
export async function readCover(
  session: ReadSession,
  { patient, author, category }: { patient: Address; author: Address; category: number },
  { reference, key }: Cover,
  anchored: ContentReference,
): Promise<Bytes> {
  const sealed = await session.store.get(reference, categoryFile(patient, category));
  const { data } = await openPayload(key, payloadContext(session, patient, author, category), sealed);
  const { codec, digest } = await referenceOf(data);
  if (codec !== anchored.codec || digest !== anchored.digest.toLowerCase())
    throw new ChartkeyError(
      "COVER_MALFORMED",
      "What the patient sealed again is not what was anchored. We do not show it; ask the patient to do it again.",
      { details: { digest: anchored.digest } },
    );
  return data;
}
