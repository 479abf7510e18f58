import { fromUtf8, utf8 } from "../../src/bytes.ts";
import type { Bytes } from "../../src/bytes.ts";

/** A document's JSON, to be altered. */
export function toJson<Document>(bytes: Uint8Array): Document {
  return JSON.parse(fromUtf8(bytes)) as Document;
}

export function fromJson(document: unknown): Bytes {
  return utf8(JSON.stringify(document));
}
