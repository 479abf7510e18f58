/** Frozen vectors of payload format 1, sealed and opened, against a second implementation on other primitives. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { collect } from "../../src/chunks.ts";
import { type PayloadContext, contextText } from "../../src/crypto/context.ts";
import { layOut } from "../../src/crypto/payload-content.ts";
import type { PayloadMeta } from "../../src/crypto/payload-layout.ts";
import { sealContent } from "../../src/crypto/payload-stream.ts";
import { openPayload } from "../../src/crypto/payload.ts";
import { bytesOf } from "./payload-cases.ts";
import { keysOf, plaintextOf, referencePayload } from "./reference.ts";

interface Vector {
  name: string;
  contentKey: string;
  salt: string;
  noncePrefix: string;
  meta: PayloadMeta;
  metaJson: string;
  encoding: "identity" | "deflate-raw";
  data?: string;
  dataPattern?: { modulus: number; size: number };
  body?: string;
  segmentKey: string;
  commitment: string;
  plaintextLength: number;
  payloadLength: number;
  payloadSha256: string;
  payload?: string;
}

const file = JSON.parse(readFileSync(new URL("./fixtures/payload-v1.json", import.meta.url), "utf8")) as {
  context: PayloadContext;
  contextText: string;
  vectors: Vector[];
};

function read(vector: Vector) {
  const { data, dataPattern, body } = vector;
  const plain =
    dataPattern === undefined
      ? bytesOf(data ?? "")
      : Uint8Array.from({ length: dataPattern.size }, (_, index) => index % dataPattern.modulus);
  const input = {
    contentKey: bytesOf(vector.contentKey),
    context: file.contextText,
    salt: bytesOf(vector.salt),
    noncePrefix: bytesOf(vector.noncePrefix),
    meta: vector.metaJson,
    body: body === undefined ? plain : bytesOf(body),
  };
  return { data: plain, input, payload: new Uint8Array(referencePayload(input)) };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe.each(file.vectors)("frozen payload: $name", (vector) => {
  const { data, input, payload } = read(vector);

  it("is what the description says", () => {
    const { segmentKey, commitment } = keysOf(input);
    expect({ segmentKey: hex(segmentKey), commitment: hex(commitment) }).toEqual({
      segmentKey: vector.segmentKey,
      commitment: vector.commitment,
    });
    expect(plaintextOf(input.meta, input.body)).toHaveLength(vector.plaintextLength);
    expect(payload).toHaveLength(vector.payloadLength);
    expect(createHash("sha256").update(payload).digest("hex")).toBe(vector.payloadSha256);
    if (vector.payload !== undefined) expect(hex(payload)).toBe(vector.payload);
  });

  it("is sealed to the same bytes", async () => {
    expect(contextText(file.context)).toBe(file.contextText);
    const content = layOut(vector.meta, vector.encoding, data.length, input.body.length, [input.body]);
    const sealed = await collect(sealContent(input.contentKey, file.context, content, input));
    expect(hex(sealed)).toBe(hex(payload));
  });

  it("opens to the same data", async () => {
    const opened = await openPayload(input.contentKey, file.context, payload);
    expect(opened.meta).toEqual(vector.meta);
    expect(hex(opened.data)).toBe(hex(data));
  });
});

it("there are vectors at each border", () => {
  expect(file.vectors.map(({ plaintextLength }) => plaintextLength)).toEqual([1024, 1024, 1024, 65_536, 67_584]);
});
