import type { Address, Hex } from "viem";
import { randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { drainTo } from "../sinks.ts";
import type { PayloadMeta } from "../crypto/payload.ts";
import { sealPayloadStream } from "../crypto/payload-stream.ts";
import { categoryFile } from "../storage/scope.ts";
import { send } from "./deliver.ts";
import { requireWriteAccess } from "./publish.ts";
import { type OnPhase, type Session, payloadContext, signerOf } from "./session.ts";
import type { Spool } from "./spool.ts";

/** What the sdk writes for itself: notices, covers and shares. */
const RESERVED = /^application\/vnd\.chartkey\./i;

/** A file for a chart, which is read part by part: that of a browser's picker, or Node's `openAsBlob`. */
export interface FileDraft {
  /** 1 to 9. */
  category: number;
  meta: PayloadMeta;
  file: Blob;
}

/**
 * As `publishRecord` for a file of any size up to 1 TiB, in constant memory: sealed into the spool, stored from there, anchored. An outbox
 * keeps its key and not its bytes: they are stored before.
 * Throws `MEDIA_TYPE_RESERVED`, and `REVERT_RecordRegistry_NoAccess` before anything is sealed, `SINK_FAILED`, and what `sealPayloadStream` and `deliver` throw.
 */
export async function publishFile(
  session: Session,
  patient: Address,
  { category, meta, file }: FileDraft,
  spool: Spool,
  onPhase?: OnPhase,
): Promise<Hex> {
  const author = signerOf(session);
  const scope = categoryFile(patient, category);
  try {
    onPhase?.("checking");
    if (RESERVED.test(meta.contentType))
      throw new ChartkeyError("MEDIA_TYPE_RESERVED", "Files of this media type are written by Chartkey alone.");
    await requireWriteAccess(session, patient, 1 << category);
    onPhase?.("encrypting");
    const key = randomBytes(32);
    const context = payloadContext(session, patient, author, category);
    await drainTo(sealPayloadStream(key, context, meta, file.size, file.stream()), spool.sink);
    onPhase?.("uploading");
    const payload = await session.store.put(await spool.file(), scope);
    const keys = [{ category, key }];
    return await send(
      session,
      { patient, author, scope, payload, files: [], keys, anchoring: { kind: "record", category } },
      { onPhase },
    );
  } finally {
    await spool.discard();
  }
}
