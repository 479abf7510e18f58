import type { Address } from "viem";
import { randomBytes, toBase64 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { encodeBase64 } from "../records/base64-text.ts";
import { attach } from "../records/detached.ts";
import type { ChartResource } from "./chart-resources.ts";
import type { RecordReference } from "./corrections.ts";
import type { DetachedAttachment } from "./detached.ts";
import type { OpenedRecord } from "./opened-record.ts";
import type { UnlockedSession } from "./session.ts";
import { findRecord } from "./timeline.ts";

/** A large file of a resource, which is opened when its text is written. */
export interface HeldOpen extends Pick<DetachedAttachment, "at" | "size"> {
  record: RecordReference;
}

/** Large files by the texts that stand in their places, which no record can guess. */
export type Places = Map<string, HeldOpen>;

/** The resource of a record with places for its large files. */
export function withPlaces(
  record: OpenedRecord,
  one: ChartResource,
  places: Places,
  isWanted: (file: HeldOpen) => boolean,
) {
  const { recordId, index, attachments = [] } = record;
  const wanted = attachments
    .map(({ at, size }): HeldOpen => ({ at, size, record: { recordId, index } }))
    .filter(isWanted)
    .map((file) => ({ at: file.at, what: toBase64(randomBytes(24)), file }));
  const resource = attach(one.resource, wanted);
  if (resource === undefined) return one;
  for (const { what, file } of wanted) places.set(what, file);
  return { ...one, resource };
}

/** The places that a text has, in its order. */
export function placesIn(text: string, places: Places): { place: string; from: number; file: HeldOpen }[] {
  return [...places]
    .map(([place, file]) => ({ place, from: text.indexOf(place), file }))
    .filter(({ from }) => from >= 0)
    .sort((left, right) => left.from - right.from);
}

const key = ({ record: { recordId, index } }: HeldOpen) => `${recordId}.${index}`;

/**
 * The text of an export, part by part, with the large files of its resources opened and put in, in constant memory. What came before an
 * error is not to be kept. Throws what `openAttachmentInto` throws.
 * @param exported what `exportChart` made of this patient's chart
 */
export async function* exportedText(
  session: UnlockedSession,
  patient: Address,
  { text, places }: { text: string; places: Places },
): AsyncGenerator<string> {
  let at = 0;
  let open: { key: string; files: AsyncGenerator<OpenedFile> } | undefined;
  try {
    for (const { place, from, file } of placesIn(text, places)) {
      yield text.slice(at, from);
      at = from + place.length;
      // Files of one record come in the order in which they lie behind it, unless somebody put its resource together otherwise.
      let found = open?.key === key(file) ? await nextOf(open.files, file) : undefined;
      if (found === undefined) {
        await open?.files.return(undefined);
        const { reader, entry, controls } = await findRecord(session, patient, file.record.recordId);
        open = { key: key(file), files: reader.openAttachments(entry, file.record.index, controls) };
        found = await nextOf(open.files, file);
      }
      if (found === undefined)
        throw new ChartkeyError("RECORD_UNKNOWN", "This record has no such file.", { details: { ...file.record } });
      yield* encodeBase64(found);
    }
    await open?.files.next();
  } finally {
    await open?.files.return(undefined);
  }
  yield text.slice(at);
}

interface OpenedFile {
  attachment: DetachedAttachment;
  data: AsyncGenerator<Uint8Array>;
}

/** Reads on to a file; undefined when it does not come any more. */
async function nextOf(
  files: AsyncGenerator<OpenedFile>,
  { at }: HeldOpen,
): Promise<AsyncGenerator<Uint8Array> | undefined> {
  for (;;) {
    const { done, value } = await files.next();
    if (done === true) return undefined;
    if (value.attachment.at === at) return value.data;
    for await (const _ of value.data);
  }
}
