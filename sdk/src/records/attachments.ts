import type { Resource } from "@medplum/fhirtypes";
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
function isAttachment(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value).map((key) => key.replace(/^_/, ""));
  const says = text(value["data"]) !== undefined || text(value["contentType"]) !== undefined;
  return says && keys.every((key) => ELEMENTS.has(key));
}

function attached(value: Record<string, unknown>, path: string): Attached[] {
  const [data, url, title] = [text(value["data"]), text(value["url"]), text(value["title"])];
  if (data === undefined && url === undefined) return [];
  const contentType = text(value["contentType"]) ?? UNKNOWN;
  return [{ path, contentType, ...(title && { title }), ...(data && { data }), ...(url && { url }) }];
}

function below(value: unknown, path: string): Attached[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => below(each, `${path}[${index}]`));
  if (!isJsonObject(value)) return [];
  if (value["resourceType"] === "Binary" || isAttachment(value)) return attached(value, path);
  return Object.entries(value).flatMap(([key, each]) => below(each, `${path}.${key}`));
}

/** The files of a valid resource, in the order in which they are written. */
export function attachmentsOf(resource: Resource): Attached[] {
  return below(resource, resource.resourceType);
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
