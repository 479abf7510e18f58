import type { Address, Hex } from "viem";
import { type Bytes, randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { chunksOf } from "../chunks.ts";
import { drainTo } from "../sinks.ts";
import type { PayloadMeta } from "../crypto/payload.ts";
import { sealPayloadStream } from "../crypto/payload-stream.ts";
import type { ContentReference } from "../storage/cid.ts";
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

/** How far a file is, and how it is stopped. */
export interface FileProgress {
  onPhase?: OnPhase | undefined;
  /** Is told, while the file is encrypted and while it is stored, how many bytes of how many are done. */
  onBytes?: ((done: number, total: number) => void) | undefined;
  /** Stops it until it is stored; then the wallet is asked. */
  signal?: AbortSignal | undefined;
}

const unreadable = (cause: unknown) =>
  new ChartkeyError(
    "FILE_UNREADABLE",
    "The file could not be read to its end. Nothing was added; choose it once more.",
    {
      cause,
    },
  );

/** The parts of a file as they are read; none comes after the signal. */
async function* told(file: Blob, { onBytes, signal }: FileProgress): AsyncGenerator<Uint8Array> {
  const parts = chunksOf(file.stream());
  try {
    for (let done = 0; ;) {
      const next = await parts.next().catch((cause: unknown) => {
        throw unreadable(cause);
      });
      signal?.throwIfAborted();
      if (next.done === true) return;
      yield next.value;
      onBytes?.((done += next.value.length), file.size);
    }
  } finally {
    await parts.return(undefined);
  }
}

/** Seals a file into the spool and stores it. Throws what `publishFile` does before it signs. */
async function storeSealed(
  session: Session,
  [patient, key]: [Address, Bytes],
  { category, meta, file }: FileDraft,
  spool: Spool,
  progress: FileProgress,
): Promise<ContentReference> {
  const { onPhase, onBytes, signal } = progress;
  const context = payloadContext(session, patient, signerOf(session), category);
  try {
    onPhase?.("encrypting");
    await drainTo(sealPayloadStream(key, context, meta, file.size, told(file, progress)), spool.sink);
    onPhase?.("uploading");
    const sealed = await spool.file();
    const onSent = onBytes && ((sent: number) => onBytes(sent, sealed.size));
    const reference = await session.store.put(sealed, categoryFile(patient, category), { signal, onSent });
    signal?.throwIfAborted();
    return reference;
  } catch (cause) {
    if (signal?.aborted !== true) throw cause;
    const message = "You stopped the file. Nothing was added to the chart; it can be added anew.";
    throw new ChartkeyError("FILE_STOPPED", message, { cause });
  }
}

/**
 * As `publishRecord` for a file of any size up to 1 TiB, in constant memory: sealed into the spool, stored from there, anchored. An outbox
 * keeps its key and not its bytes: they are stored before.
 * Throws `MEDIA_TYPE_RESERVED`, and `REVERT_RecordRegistry_NoAccess` before anything is sealed, `FILE_STOPPED`,
 * `FILE_UNREADABLE`, `SINK_FAILED`, and what `sealPayloadStream` and `deliver` throw.
 */
export async function publishFile(
  session: Session,
  patient: Address,
  draft: FileDraft,
  spool: Spool,
  progress: FileProgress = {},
): Promise<Hex> {
  const author = signerOf(session);
  const { category, meta } = draft;
  const { onPhase } = progress;
  try {
    onPhase?.("checking");
    if (RESERVED.test(meta.contentType))
      throw new ChartkeyError("MEDIA_TYPE_RESERVED", "Files of this media type are written by Chartkey alone.");
    await requireWriteAccess(session, patient, 1 << category);
    const key = randomBytes(32);
    const payload = await storeSealed(session, [patient, key], draft, spool, progress);
    const scope = categoryFile(patient, category);
    const keys = [{ category, key }];
    return await send(
      session,
      { patient, author, scope, payload, files: [], keys, anchoring: { kind: "record", category } },
      { onPhase },
    );
  } finally {
    // An entry that is anchored stays so, also when its ciphertext cannot be taken off this disk.
    await spool.discard().catch(() => {});
  }
}
