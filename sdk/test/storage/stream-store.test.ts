/** A large payload from its source into a store and back, as streams. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStore } from "@chartkey/store";
import { create } from "kubo-rpc-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { randomBytes } from "../../src/bytes.ts";
import { openPayloadToSink, sealPayloadStream } from "../../src/crypto/payload-stream.ts";
import { blobSink, drainTo } from "../../src/sinks.ts";
import { fromCid, referenceOfStream, toCid } from "../../src/storage/cid.ts";
import { readCarStream } from "../../src/storage/stream-car.ts";
import { context, image } from "../crypto/payload-cases.ts";

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
  const reference = await referenceOfStream(sealed.blob().stream());
  const added = await create({ url: `${store.url}/api/v0` }).add(sealed.blob(), {
    cidVersion: 1,
    rawLeaves: true,
    chunker: "size-1048576",
  });
  expect(fromCid(added.cid)).toEqual(reference);
  const { body } = await fetch(`${store.url}/ipfs/${toCid(reference).toString()}?format=car`);
  const opened = blobSink(image.contentType);
  expect(await openPayloadToSink(key, context, readCarStream(reference, body!, 2 ** 30), opened.sink)).toEqual({
    meta: image,
    size: file.size,
  });
  expect(Buffer.from(await opened.blob().arrayBuffer()).equals(Buffer.from(await file.arrayBuffer()))).toBe(true);
});
