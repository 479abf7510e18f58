import { CarReader } from "@ipld/car";
import { expect, it } from "vitest";
import { PROFILE, collect, dagPbCid, openStore, plainRequest, rawCid, someBytes } from "./support/fixture.ts";

const SMALL_CHUNKS = { ...PROFILE, chunker: "size-1000" };

it("serves a raw block that matches its CID, never to be run or changed", async () => {
  const { client, store } = await openStore();
  const { cid } = await client.add(someBytes(), PROFILE);
  const answer = await fetch(`${store.url}/ipfs/${cid}?format=raw`);
  expect(rawCid(await answer.bytes())).toBe(cid.toString());
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/vnd.ipld.raw",
    "content-length": "64",
    "content-disposition": `attachment; filename="${cid}.bin"`,
    "cache-control": "public, max-age=29030400, immutable",
    "x-content-type-options": "nosniff",
    etag: `"${cid}.raw"`,
  });
});

it("serves a DAG as a CAR whose every block matches", async () => {
  const { client, store } = await openStore();
  const { cid } = await client.add(someBytes(2500), SMALL_CHUNKS);
  const answer = await fetch(`${store.url}/ipfs/${cid}?format=car`);
  expect(answer.headers.get("content-type")).toBe("application/vnd.ipld.car; version=1; order=dfs; dups=n");
  const reader = await CarReader.fromBytes(await answer.bytes());
  const blocks = await collect(reader.blocks());
  expect(await reader.getRoots()).toEqual([cid]);
  expect(blocks).toHaveLength(4);
  for (const block of blocks) {
    expect(block.cid.toString()).toBe((block.cid.code === 0x70 ? dagPbCid : rawCid)(block.bytes));
  }
});

it("chooses the format by the Accept header, and the query first", async () => {
  const { client, store } = await openStore();
  const { cid } = await client.add(someBytes(), PROFILE);
  const typeOf = async (query: string, accept: string): Promise<string | null> =>
    (await fetch(`${store.url}/ipfs/${cid}${query}`, { headers: { accept } })).headers.get("content-type");
  expect(await typeOf("", "application/vnd.ipld.raw")).toBe("application/vnd.ipld.raw");
  expect(await typeOf("", "application/vnd.ipld.car; version=1")).toContain("application/vnd.ipld.car");
  expect(await typeOf("?format=raw", "application/vnd.ipld.car")).toBe("application/vnd.ipld.raw");
});

it.each(["", "?format=tar", "?format="])("never puts a file together (%s)", async (query) => {
  const { client, store } = await openStore();
  const { cid } = await client.add("<script>alert(1)</script>", PROFILE);
  const answer = await fetch(`${store.url}/ipfs/${cid}${query}`, { headers: { accept: "text/html" } });
  expect(answer.status).toBe(406);
});

it("answers HEAD with the headers alone and a known etag with 304", async () => {
  const { client, store } = await openStore();
  const { cid } = await client.add(someBytes(), PROFILE);
  const url = `${store.url}/ipfs/${cid}?format=raw`;
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "64", ""]);
  const cached = await fetch(url, { headers: { "if-none-match": head.headers.get("etag") ?? "" } });
  expect([cached.status, await cached.text()]).toEqual([304, ""]);
});

it.each(["raw", "car"])("answers 404 for a block that is not here (%s)", async (format) => {
  const { store } = await openStore();
  const answer = await fetch(`${store.url}/ipfs/${rawCid(someBytes())}?format=${format}`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("x-store-error")).toBe("STORE_BLOCK_MISSING");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

it.each([
  ["no CID", "hello"],
  ["a path", "..%2f..%2fpins.log"],
  ["a path below a CID", "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku/a"],
  ["identity", "bafkqaaa"],
  [
    "sha2-512",
    "bafkrgqhhyivzstcz3hhswshfjgy6ertgmnqeleynhwt4dlfsthi4hn7zgh4uvlsb5xncykzapi3ocd4lzogukir6ksdy6wzrnz6ohnv4aglcs",
  ],
  ["dag-cbor", "bafyreidykglsfhoixmivffc5uwhcgshx4j465xwqntbmu43nb2dzqwfvae"],
  ["something long", "b".repeat(5000)],
])("refuses %s", async (_what, text) => {
  const { store } = await openStore();
  expect((await fetch(`${store.url}/ipfs/${text}?format=raw`)).status).toBe(400);
});

it("does not resolve dots in the path", async () => {
  const { store } = await openStore();
  expect((await plainRequest(`${store.url}/ipfs/../pins.log?format=raw`)).status).toBe(404);
});

it("refuses a part of a DAG as CAR", async () => {
  const { client, store } = await openStore();
  const { cid } = await client.add(someBytes(), PROFILE);
  expect((await fetch(`${store.url}/ipfs/${cid}?format=car&dag-scope=block`)).status).toBe(400);
});
