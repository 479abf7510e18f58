import { FHIR_JSON, type OpenedRecord, fromUtf8, resourcesOf, toBase64Url } from "@chartkey/sdk";
import { summarize } from "@chartkey/sdk/records";
import { categoryNames, toInstant } from "./values.ts";

/** One line about each resource of a record; its content type when it is no FHIR. */
export function titlesOf(record: OpenedRecord): { resourceType: string; title: string; date?: string }[] {
  return resourcesOf(record).map(({ resource }) => {
    const { title, date } = summarize(resource);
    return { resourceType: resource.resourceType, title, ...(date === undefined ? {} : { date }) };
  });
}

/** What a record is, without its content. */
export function describeRecord({ index, category, author, hospital, time, meta }: OpenedRecord) {
  return { index, category: categoryNames([category])[0]!, author, hospital, time: toInstant(time), meta };
}

/** A large file of a resource. */
type Beside = { at: string; size: number } & ({ base64: string } | { open: string });

const bytesOr = (bytes: Uint8Array | undefined, open: string) =>
  bytes === undefined ? { open } : { base64: Buffer.from(bytes).toString("base64") };

/** The content of a record: FHIR resources with where their large files are, text, base64url of anything else, or how many bytes a large file has. */
export function contentOf(
  record: OpenedRecord,
):
  | { resources: unknown[]; attachments?: Beside[] }
  | { text: string }
  | { base64url: string }
  | { size: number; open: string } {
  const { meta, data, large, attachments } = record;
  if (large !== undefined) return { ...large, open: "Write it into a file: --output <file>" };
  if (meta.contentType === FHIR_JSON) {
    const resources = resourcesOf(record).map(({ resource }) => resource);
    if (attachments === undefined) return { resources };
    const open = "Write the record with its files: --output <file>";
    return {
      resources,
      attachments: attachments.map(({ at, size, bytes }) => ({ at, size, ...bytesOr(bytes, open) })),
    };
  }
  return /^(text\/|application\/json)/.test(meta.contentType)
    ? { text: fromUtf8(data) }
    : { base64url: toBase64Url(data) };
}
