import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import type { RunningStore } from "../src/index.ts";
import { PROFILE, collect, collectBytes, openStore, plainRequest, someBytes } from "./support/fixture.ts";

const MULTIPART = { "content-type": "multipart/form-data; boundary=x" };
const PART =
  '--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n';

it("takes a file of exactly the limit and refuses one byte more", async () => {
  const { client } = await openStore({ maxFileBytes: 100_000 });
  const content = someBytes(100_000);
  const { cid } = await client.add(content, PROFILE);
  expect((await collectBytes(client.cat(cid))).equals(content)).toBe(true);
  await expect(client.add(someBytes(100_001), PROFILE)).rejects.toMatchObject({
    message: "larger than the 100000 bytes this store accepts",
    response: { status: 413 },
  });
});

it("stops reading an endless upload at the limit", async () => {
  const { store } = await openStore({ maxFileBytes: 100_000 });
  const upload = httpRequest(`${store.url}/api/v0/add`, { method: "POST", headers: MULTIPART });
  upload.on("error", () => undefined); // the store hangs up in the end
  upload.write(PART);
  const pump = setInterval(() => upload.write(Buffer.alloc(50_000)), 5);
  const [answer] = (await once(upload, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  clearInterval(pump);
  expect(answer.statusCode).toBe(413);
  upload.destroy();
});

it("refuses a declared length over the limit without reading", async () => {
  const { store } = await openStore({ maxFileBytes: 100_000 });
  const headers = { ...MULTIPART, "content-length": "999999999" };
  const upload = httpRequest(`${store.url}/api/v0/add`, { method: "POST", headers });
  upload.on("error", () => undefined);
  upload.flushHeaders();
  const [answer] = (await once(upload, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  expect(answer.statusCode).toBe(413);
  upload.destroy();
});

it("gives up on a client that stops sending", async () => {
  const { store } = await openStore({ idleTimeoutMs: 150 });
  const upload = httpRequest(`${store.url}/api/v0/add`, { method: "POST", headers: MULTIPART });
  upload.on("error", () => undefined);
  upload.write(PART);
  const [answer] = (await once(upload, "response")) as [NodeJS.ReadableStream & { statusCode: number }];
  expect(answer.statusCode).toBe(408);
  upload.destroy();
});

it("gives up on a client that stops reading", async () => {
  const lines: string[] = [];
  const { client, store } = await openStore({ idleTimeoutMs: 150, log: (line) => lines.push(line) });
  const { cid } = await client.add(someBytes(12 * 1024 * 1024), PROFILE);
  const socket = connect(store.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  socket.write(`POST /api/v0/cat?arg=${cid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`);
  await expect.poll(() => lines.join()).toContain("the client stopped reading");
  socket.destroy();
});

it("keeps nothing pinned of an upload that broke off, and lets gc have it", async () => {
  const { client, store } = await openStore();
  const upload = httpRequest(`${store.url}/api/v0/add?cid-version=1&chunker=size-1000`, {
    method: "POST",
    headers: MULTIPART,
  });
  upload.on("error", () => undefined);
  upload.write(PART);
  upload.write(someBytes(50_000));
  await expect.poll(() => blocksOf(store)).toBeGreaterThan(0);
  upload.destroy();
  await delay(100);
  expect(await collect(client.pin.ls())).toEqual([]);
  await collect(client.repo.gc());
  expect(await blocksOf(store)).toBe(0);
});

it.each([
  ["no multipart", { "content-type": "text/plain" }, "hello"],
  ["no content type", {}, "hello"],
  ["no file", MULTIPART, "--x--\r\n"],
  ["no end", MULTIPART, `${PART}hello`],
])("refuses a body with %s", async (_what, headers, body) => {
  const { store } = await openStore();
  const answer = await plainRequest(`${store.url}/api/v0/add?cid-version=1`, { method: "POST", headers, body });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ Code: 1, Type: "error" });
});

async function blocksOf(store: RunningStore): Promise<number> {
  const health = (await (await fetch(`${store.url}/health`)).json()) as { blocks: number };
  return health.blocks;
}
