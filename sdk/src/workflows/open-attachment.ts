import type { Address } from "viem";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { drainTo } from "../sinks.ts";
import type { RecordReference } from "./corrections.ts";
import type { UnlockedSession } from "./session.ts";
import { findRecord } from "./timeline.ts";

/**
 * Opens a large file of a record's resource into a sink, all or nothing, in constant memory.
 * Throws `RECORD_UNKNOWN` also when the resource has no such file, `SINK_FAILED`, and what `ChartReader.open` throws.
 * @param at where its base64 belongs, as `OpenedRecord.attachments` names it
 */
export async function openAttachmentInto(
  session: UnlockedSession,
  patient: Address,
  reference: RecordReference,
  at: string,
  sink: WritableStream<Bytes>,
): Promise<void> {
  try {
    const { reader, entry, controls } = await findRecord(session, patient, reference.recordId);
    for await (const { attachment, data } of reader.openAttachments(entry, reference.index, controls)) {
      if (attachment.at === at) return await drainTo(data, sink);
      for await (const _ of data);
    }
    throw new ChartkeyError("RECORD_UNKNOWN", "This record has no such file.", { details: { ...reference } });
  } catch (error) {
    await sink.abort(error).catch(() => {});
    throw error;
  }
}
