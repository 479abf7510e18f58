import { concat, randomBytes } from "../../sdk/src/bytes.ts";
import { openPayloadStream, sealPayloadStream } from "../../sdk/src/crypto/payload-stream.ts";
import { type Figure, median } from "./figures.ts";

export const context = {
  chainId: 20265,
  registry: "0xcf7ed3acca5a467e9e704c703e8d87f634fb0fc9",
  patient: "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
  author: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
  category: 7,
};
export const MB = 1e6;
export const SIZE = 200 * MB;
const CHUNK = 1 << 20;
const SEGMENT = 1 << 16;
/** Calls to WebCrypto in flight, ours and raw. */
const PARALLEL = 16;
const ROUNDS = 15;
const meta = { contentType: "application/octet-stream" };
export const key = randomBytes(32);
const data = concat(...Array.from({ length: 1024 }, () => randomBytes(SEGMENT)));
const additionalData = randomBytes(256);

async function* source(size: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < size; sent += CHUNK) {
    const start = sent % data.length;
    yield data.subarray(start, start + Math.min(CHUNK, size - sent));
  }
}

/** WebCrypto alone, on the same data in segments of the same size, with the same number in flight. */
async function rawWebCrypto(work: (params: AesGcmParams, index: number) => Promise<ArrayBuffer>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < SIZE / SEGMENT) {
      const index = next++;
      const iv = new Uint8Array(12);
      new DataView(iv.buffer).setUint32(7, index);
      await work({ name: "AES-GCM", iv, additionalData }, index);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
}

const segmentAt = (index: number) => {
  const start = (index * SEGMENT) % data.length;
  return data.subarray(start, start + SEGMENT);
};

export async function consume(parts: AsyncIterable<Uint8Array>, each: () => void = () => {}): Promise<void> {
  for await (const part of parts) if (part.length > 0) each();
}

/** Sealed, part by part. */
export const seal = (size: number) => sealPayloadStream(key, context, meta, size, source(size));

/** A sealed payload in memory, in parts as a store sends them. */
async function sealedParts(): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  const pending: Uint8Array[] = [];
  for await (const part of seal(SIZE))
    if (pending.push(part) * SEGMENT > CHUNK) parts.push(concat(...pending.splice(0)));
  return [...parts, ...pending];
}

async function* each(parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

/** How fast `SIZE` bytes are sealed and opened, beside WebCrypto alone. Runs in Node and in browsers. */
export async function streamSpeeds(where: string): Promise<Figure[]> {
  const aes = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const parts = await sealedParts();
  const sealedRaw: ArrayBuffer[] = [];
  const rawSeal = () => rawWebCrypto((params, index) => crypto.subtle.encrypt(params, aes, segmentAt(index)));
  await rawWebCrypto(async (params, index) => {
    return (sealedRaw[index] = await crypto.subtle.encrypt(params, aes, segmentAt(index)));
  });
  const rawOpen = () =>
    rawWebCrypto((params, index) => {
      const sealed = sealedRaw[index] ?? new ArrayBuffer();
      return crypto.subtle.decrypt(params, aes, sealed);
    });
  const ourSeal = () => consume(seal(SIZE));
  const ourOpen = async () => consume((await openPayloadStream(key, context, each(parts))).data);
  const times: Record<"rawSeal" | "seal" | "rawOpen" | "open", number[]> = {
    rawSeal: [],
    seal: [],
    rawOpen: [],
    open: [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    times.rawSeal.push(await seconds(rawSeal));
    times.seal.push(await seconds(ourSeal));
    times.rawOpen.push(await seconds(rawOpen));
    times.open.push(await seconds(ourOpen));
  }
  const speed = (name: string, values: number[]): Figure => ({
    name: `${name}, ${where}`,
    value: SIZE / MB / median(values),
    unit: "MB/s",
  });
  const ratio = (name: string, raw: number[], ours: number[]): Figure => ({
    name: `${name}, ${where}`,
    value: median(raw.map((value, round) => value / (ours[round] ?? NaN))),
    unit: "of raw WebCrypto",
    goal: { atLeast: 0.8 },
  });
  return [
    speed("raw WebCrypto seals", times.rawSeal),
    speed("seal 200 MB", times.seal),
    ratio("seal 200 MB", times.rawSeal, times.seal),
    speed("raw WebCrypto opens", times.rawOpen),
    speed("open 200 MB", times.open),
    ratio("open 200 MB", times.rawOpen, times.open),
  ];
}
