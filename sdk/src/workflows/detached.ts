import type { Resource } from "@medplum/fhirtypes";
import { type Hex, bytesToHex } from "viem";
import { type Bytes, concat, randomBytes, sha256, toBase64, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { type PayloadMeta, malformed } from "../crypto/payload-layout.ts";
import type { OpenedStream } from "../crypto/payload-stream.ts";
import { encodeBase64 } from "../records/base64-text.ts";
import { canonicalJson } from "../records/canonical.ts";
import { attach } from "../records/detached.ts";
import { isJsonObject } from "../records/references.ts";
import { onlyIf } from "../storage/checked-stream.ts";
import type { ContentReference } from "../storage/cid.ts";
import { payloadJson } from "./payload-json.ts";

/** A large file of a resource, which lies behind the resource in its payload (docs/payload.md). */
export interface DetachedAttachment extends ContentReference {
  /** Where its base64 belongs in the resource: a JSON Pointer (RFC 6901). */
  at: string;
  /** Bytes. */
  size: number;
}

/** In the meta of such a payload: bytes of the resource, and of the list of its files. */
export interface DetachedLengths {
  resource: number;
  list: number;
}

/** Most files behind one resource: more than anybody keeps in one, and few enough to look for each in its text. */
const MAX_FILES = 1 << 13;

const isSize = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0;

/** A JSON Pointer in its one spelling, by which a record is asked for its file. */
const isPointer = (text: unknown): boolean =>
  typeof text === "string" && text.startsWith("/") && !/~(?![01])/.test(text);

function isAttachment(value: unknown): value is DetachedAttachment {
  if (!isJsonObject(value)) return false;
  const { at, size, codec, digest } = value;
  const isNamed = (codec === 0 || codec === 1) && typeof digest === "string" && /^0x[0-9a-f]{64}$/.test(digest);
  return isNamed && isPointer(at) && isSize(size);
}

/** The lengths when a payload has such files; undefined for every other. Throws `PAYLOAD_MALFORMED`. */
export function detachedIn({ detached }: PayloadMeta): DetachedLengths | undefined {
  if (detached === undefined) return undefined;
  if (!isJsonObject(detached)) throw malformed();
  const { resource, list } = detached;
  if (!isSize(resource) || !isSize(list)) throw malformed();
  return { resource, list };
}

/** What comes before the files in a payload's data. */
export interface DetachedHead {
  resource: Bytes;
  attachments: DetachedAttachment[];
}

/** Meta and data of a payload up to its files. Throws `PAYLOAD_TOO_LARGE` for more than a record may have. */
export function encodeHead(
  meta: PayloadMeta,
  resource: Resource,
  attachments: readonly DetachedAttachment[],
): { meta: PayloadMeta; data: Bytes } {
  if (attachments.length > MAX_FILES)
    throw new ChartkeyError("PAYLOAD_TOO_LARGE", "This resource holds more files than a record may. Split it.", {
      details: { limit: MAX_FILES },
    });
  const [json, list] = [utf8(canonicalJson(resource)), canonicalBytes(attachments)];
  return { meta: { ...meta, detached: { resource: json.length, list: list.length } }, data: concat(json, list) };
}

/** Names the meta and the head of a payload, so that they can be trusted without the rest of it. */
export async function headDigest(meta: PayloadMeta, head: Uint8Array): Promise<Hex> {
  return bytesToHex(await sha256(concat(canonicalBytes(meta), head)));
}

/** The base64 of the files in the text of their resource: what stands before each, and what behind the last. Throws `PAYLOAD_MALFORMED`. */
function textsAround({ resource, attachments }: DetachedHead): string[] {
  const places = attachments.map(() => toBase64(randomBytes(24)));
  const value = payloadJson(resource);
  // Of a Bundle every resource of an export would have the file in it.
  const whole =
    isJsonObject(value) && value["resourceType"] !== "Bundle"
      ? attach(
          value as unknown as Resource,
          attachments.map(({ at }, index) => ({ at, what: places[index]! })),
        )
      : undefined;
  if (whole === undefined) throw malformed();
  const text = canonicalJson(whole);
  let from = 0;
  const texts = places.map((place) => {
    const at = text.indexOf(place, from);
    if (at < 0) throw malformed();
    const before = text.slice(from, at);
    from = at + place.length;
    return before;
  });
  return [...texts, text.slice(from)];
}

/** Reads a payload whose files are behind its resource. What it gives is what its author wrote; see `OpenedStream` on the end. */
export class DetachedReader {
  readonly #data: AsyncGenerator<Bytes>;
  readonly #meta: PayloadMeta;
  readonly #size: number;
  readonly #lengths: DetachedLengths;
  #left: Bytes = new Uint8Array();
  #head: (DetachedHead & { digest: Hex }) | undefined;

  constructor({ meta, size, data }: Pick<OpenedStream, "meta" | "size" | "data">, lengths: DetachedLengths) {
    this.#data = data;
    this.#meta = meta;
    this.#size = size;
    this.#lengths = lengths;
  }

  /** Throws `PAYLOAD_MALFORMED`, and what the data throws. */
  async head(): Promise<DetachedHead & { digest: Hex }> {
    if (this.#head !== undefined) return this.#head;
    const { resource: length, list } = this.#lengths;
    const parts: Bytes[] = [];
    for await (const part of this.#take(length + list)) parts.push(part);
    const bytes = concat(...parts);
    const attachments = payloadJson(bytes.subarray(length));
    if (!Array.isArray(attachments) || attachments.length === 0 || attachments.length > MAX_FILES) throw malformed();
    if (!attachments.every(isAttachment)) throw malformed();
    const sizes = attachments.reduce((sum, { size }) => sum + size, 0);
    if (length + list + sizes !== this.#size) throw malformed();
    const head = { resource: bytes.slice(0, length), attachments };
    textsAround(head);
    return (this.#head = { ...head, digest: await headDigest(this.#meta, bytes) });
  }

  /** The files, each to be read before the next one. */
  async *files(): AsyncGenerator<{ attachment: DetachedAttachment; data: AsyncGenerator<Bytes> }> {
    for (const attachment of (await this.head()).attachments)
      yield { attachment, data: onlyIf(attachment, this.#take(attachment.size), malformed) };
    await this.#toEnd();
  }

  /** The whole resource as canonical JSON with its files in it. */
  async *whole(): AsyncGenerator<Bytes> {
    const texts = textsAround(await this.head());
    let index = 0;
    for await (const { data } of this.files()) {
      yield utf8(texts[index++]!);
      for await (const text of encodeBase64(data)) yield utf8(text);
    }
    yield utf8(texts[index]!);
  }

  /** Ends the reading. */
  async cancel(): Promise<void> {
    await this.#data.return(undefined);
  }

  /** Reads all of it, to know that it is there and no more. */
  async readThrough(): Promise<void> {
    await this.head();
    await this.#toEnd();
  }

  async #toEnd(): Promise<void> {
    for (;;) {
      const { done } = await this.#data.next();
      if (done === true) return;
    }
  }

  async *#take(length: number): AsyncGenerator<Bytes> {
    for (let left = length; left > 0;) {
      if (this.#left.length === 0) {
        const { done, value } = await this.#data.next();
        if (done === true) throw malformed();
        this.#left = value;
      }
      const part = this.#left.subarray(0, left);
      this.#left = this.#left.subarray(part.length);
      left -= part.length;
      if (part.length > 0) yield part;
    }
  }
}

/** Bytes of the whole resource with its files in it as base64. */
export function wholeSize(head: DetachedHead): number {
  const text = textsAround(head).reduce((sum, part) => sum + utf8(part).length, 0);
  return head.attachments.reduce((sum, { size }) => sum + Math.ceil(size / 3) * 4, text);
}
