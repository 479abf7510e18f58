/** A large payload from its source into a store and back, as streams. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStore } from "@chartkey/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomBytes } from "../../src/bytes.ts";
import { openPayloadToSink, sealPayloadStream } from "../../src/crypto/payload-stream.ts";
import { blobSink, drainTo } from "../../src/sinks.ts";
import { referenceOf } from "../../src/storage/cid.ts";
import { contentStore } from "../../src/storage/content-store.ts";
import { letterTo } from "../../src/storage/scope.ts";
import { context, image } from "../crypto/payload-cases.ts";

const OWN = letterTo("0x00000000000000000000000000000000000000aa");

let dataDir: string;
let store: Awaited<ReturnType<typeof startStore>>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-stream-"));
  store = await startStore({ dataDir, port: 0 });
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

it("O08 comes back from the store block by block, and into the sink only as a whole", async () => {
  const key = randomBytes(32);
  const file = new Blob([randomBytes(9_000_000)]);
  const sealed = blobSink("application/octet-stream");
  await drainTo(sealPayloadStream(key, context, image, file.size, file.stream()), sealed.sink);
  const client = contentStore(store.url);
  const reference = await client.put(sealed.blob(), OWN);
  expect(reference).toEqual(await referenceOf(new Uint8Array(await sealed.blob().arrayBuffer())));
  const opened = blobSink(image.contentType);
  expect(await openPayloadToSink(key, context, client.read(reference, OWN), opened.sink)).toEqual({
    meta: image,
    size: file.size,
  });
  expect(Buffer.from(await opened.blob().arrayBuffer()).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
});

it("O10 ends a file that is longer than was asked for, before a byte of it comes", async () => {
  const client = contentStore(store.url);
  const reference = await client.put(new Blob([randomBytes(3_000_000)]), OWN);
  await expect(client.read(reference, OWN, 2_999_999).next()).rejects.toMatchObject({ code: "STORE_TOO_LARGE" });
  expect((await client.read(reference, OWN, 3_000_000).next()).value).toHaveLength(1 << 20);
});
