import type { Resource } from "@medplum/fhirtypes";
import { sha256, toBase64, toBase64Url, utf8 } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { attachedBytes } from "../records/attachments.ts";
import { canonicalJson, resourceKey } from "../records/canonical.ts";
import { attach, detach, longTexts } from "../records/detached.ts";
import { exportedFileCategory } from "../records/export-marks.ts";
import { readFileResource } from "../records/file-resource.ts";
import type { ImportItem } from "../records/import.ts";
import { onlyIf } from "../storage/checked-stream.ts";
import { referenceOf, referenceOfStream } from "../storage/cid.ts";
import { type ChartResource, FHIR_JSON } from "./chart-resources.ts";
import { type DetachedAttachment, encodeHead, headDigest } from "./detached.ts";
import { MAX_HELD } from "./opened-record.ts";
import type { BatchDraft, Draft } from "./publish.ts";

/** What is written of a resource that was read. */
type Read = Omit<ImportItem, "path">;

const metaOf = ({ fullUrl }: Pick<Read, "fullUrl">) => ({
  contentType: FHIR_JSON,
  ...(fullUrl === undefined ? {} : { fullUrl }),
});

const fileChanged = () =>
  new ChartkeyError(
    "IMPORT_FILE_CHANGED",
    "The file was changed while it was read. What was imported stays; run the import again when nothing writes to the file.",
  );

/**
 * A resource as it is written into a chart, or staged for one; a file that an export wrote as a resource becomes that file again. It has to
 * hold all that belongs to it: throws `IMPORT_FILES_BESIDE` when it was read without its large files.
 */
export function importDraft({ resource, category, fullUrl, detached }: Read): Draft {
  if (detached !== undefined)
    throw new ChartkeyError(
      "IMPORT_FILES_BESIDE",
      "This resource was read without its large files. Read it with them.",
    );
  const file = readFileResource(resource);
  if (file !== undefined) {
    const { data, ...meta } = file;
    return { category, meta, data };
  }
  const meta = metaOf(fullUrl === undefined ? {} : { fullUrl });
  return { category, meta, data: utf8(canonicalJson(resource)) };
}

/** With a file that an export wrote in its place again: it becomes a file of the chart, which is held in memory up to `MAX_HELD`. */
async function withExportedFile(item: Read): Promise<Read> {
  const { resource, detached: [file, ...others] = [] } = item;
  if (file === undefined || others.length > 0 || file.size > MAX_HELD) return item;
  if (exportedFileCategory(resource) === undefined) return item;
  const whole = attach(resource, [{ at: file.at, what: toBase64(await collect(file.open())) }]);
  if (whole === undefined || readFileResource(whole) === undefined) return item;
  const { detached: _, ...rest } = item;
  return { ...rest, resource: whole };
}

/**
 * As `importDraft`, with the large files of a resource behind it (ADR 0033), and what recognizes it in a chart. Reads those files once.
 * Throws `IMPORT_FILE_CHANGED`.
 */
export async function readDraft(read: Read): Promise<{ draft: BatchDraft; key: string }> {
  const item = await withExportedFile(read);
  const { resource, category, detached } = item;
  if (detached === undefined) {
    const draft = importDraft(item);
    return { draft, key: await (draft.meta.contentType === FHIR_JSON ? resourceKeyOf(item) : fileKey(draft)) };
  }
  const attachments: DetachedAttachment[] = [];
  for (const { at, size, open } of detached) attachments.push({ at, size, ...(await referenceOfStream(open())) });
  const { meta, data } = encodeHead(metaOf(item), resource, attachments);
  const open = async function* () {
    for (const [index, file] of detached.entries()) yield* onlyIf(attachments[index]!, file.open(), fileChanged);
  };
  const size = detached.reduce((sum, file) => sum + file.size, 0);
  const draft = { category, meta, data, rest: { size, open }, head: await headDigest(meta, data) };
  return { draft, key: await resourceKeyOf(item, attachments) };
}

/** Recognizes the same file of a category. */
export async function fileKey({ category, meta: { contentType, title }, data }: Draft): Promise<string> {
  return `${canonicalJson([category, contentType, title ?? null])}|${toBase64Url(await sha256(data))}`;
}

/**
 * Recognizes the same version of a resource under the same URL.
 * @param attachments its files that lie beside it; without them, those in it are looked for
 */
export async function resourceKeyOf(
  { resource, fullUrl }: ChartResource,
  attachments?: readonly DetachedAttachment[],
): Promise<string> {
  const apart = attachments === undefined ? await withoutFiles(resource) : { resource, attachments };
  const files = apart.attachments.map(({ at, codec, digest }) => [at, codec, digest]);
  return `${await resourceKey(apart.resource)}|${fullUrl ?? ""}${files.length === 0 ? "" : `|${canonicalJson(files)}`}`;
}

/** A resource as it would be imported now: before files were kept beside it, they were kept in it. */
async function withoutFiles(resource: Resource) {
  const { resource: rest, detached } = detach(resource, longTexts(resource));
  const attachments: Pick<DetachedAttachment, "at" | "codec" | "digest">[] = [];
  for (const { at, what: data } of detached) attachments.push({ at, ...(await referenceOf(attachedBytes({ data }))) });
  return { resource: rest, attachments };
}
