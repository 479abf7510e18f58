import type { Resource } from "@medplum/fhirtypes";
import { DATA, pointerTo } from "./detached.ts";
import { isJsonObject } from "./references.ts";

/** A file inside of a resource, or one that the resource names (FHIR R4 Attachment, Binary). */
export interface Attached {
  /** FHIRPath-like place, such as `DiagnosticReport.presentedForm[0]`. */
  readonly path: string;
  /** As written; `application/octet-stream` when nobody said. */
  readonly contentType: string;
  readonly title?: string;
  /** base64 of its bytes, when they are in the resource. */
  readonly data?: string;
  /** Where else it is: nothing is fetched from there. */
  readonly url?: string;
  /** Where its base64 belongs in the resource, when it lies beside it: a JSON Pointer (RFC 6901). */
  readonly at?: string;
}

const UNKNOWN = "application/octet-stream";

/** The elements of Attachment, which tell one from everything else that has `data` or `url`. */
const ELEMENTS = new Set([
  "id",
  "extension",
  "contentType",
  "language",
  "data",
  "url",
  "size",
  "hash",
  "title",
  "creation",
]);

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** An extension has a `url` as well, and so has a canonical; only an attachment has bytes or a media type with it. */
function isAttachment(value: Record<string, unknown>, isBeside: boolean): boolean {
  const keys = Object.keys(value).map((key) => key.replace(/^_/, ""));
  const says = isBeside || text(value["data"]) !== undefined || text(value["contentType"]) !== undefined;
  return says && keys.every((key) => ELEMENTS.has(key));
}

/** Where something stands in a resource, for people and as a pointer to its `data`. */
interface Place {
  readonly path: string;
  readonly pointer: string;
}

function attached(value: Record<string, unknown>, { path }: Place, at: string | undefined): Attached[] {
  const [data, url, title] = [text(value["data"]), text(value["url"]), text(value["title"])];
  if (data === undefined && url === undefined && at === undefined) return [];
  const contentType = text(value["contentType"]) ?? UNKNOWN;
  return [
    { path, contentType, ...(title && { title }), ...(data && { data }), ...(url && { url }), ...(at && { at }) },
  ];
}

function below(value: unknown, place: Place, beside: ReadonlySet<string>): Attached[] {
  const { path, pointer } = place;
  if (Array.isArray(value))
    return value.flatMap((each, index) =>
      below(each, { path: `${path}[${index}]`, pointer: `${pointer}/${index}` }, beside),
    );
  if (!isJsonObject(value)) return [];
  const data = pointerTo(pointer, DATA);
  const at = beside.has(data) ? data : undefined;
  if (value["resourceType"] === "Binary" || isAttachment(value, at !== undefined)) return attached(value, place, at);
  return Object.entries(value).flatMap(([key, each]) =>
    below(each, { path: `${path}.${key}`, pointer: pointerTo(pointer, key) }, beside),
  );
}

/**
 * The files of a valid resource, in the order in which they are written.
 * @param beside pointers to the `data` of those that do not lie in it
 */
export function attachmentsOf(resource: Resource, beside: readonly string[] = []): Attached[] {
  return below(resource, { path: resource.resourceType, pointer: "" }, new Set(beside));
}

/** Bytes that base64 of so many letters stands for (FHIR allows white space in it), without decoding it. */
export function attachedSize({ data = "" }: Pick<Attached, "data">): number {
  const letters = data.replace(/[\s=]+/g, "").length;
  return Math.floor((letters * 3) / 4);
}

/** The bytes of a file whose `data` was checked with its resource. Throws `DOMException` for what is no base64. */
export function attachedBytes({ data = "" }: Pick<Attached, "data">): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(data.replace(/\s+/g, "")), (letter) => letter.charCodeAt(0));
}
