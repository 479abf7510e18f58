import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { StoreError, startStore } from "../src/index.ts";
import { fileError } from "../src/errors.ts";
import { collectBytes, openStore, rawCid, someBytes, temporaryDirectory } from "./support/fixture.ts";

it("names an occupied port and leaves the directory free", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const dataDir = await temporaryDirectory();
  const failure: unknown = await startStore({ dataDir, port }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({
    code: "STORE_PORT_IN_USE",
    message: expect.stringContaining(String(port)) as string,
  });
  await openStore({ dataDir });
});

it("lets one store at a time use a directory", async () => {
  const { dataDir, store } = await openStore();
  await expect(startStore({ dataDir, port: 0 })).rejects.toMatchObject({ code: "STORE_DATA_LOCKED" });
  await store.close();
  await openStore({ dataDir });
  expect((await readdir(dataDir)).filter((name) => name.startsWith("store.lock"))).toEqual(["store.lock.2"]);
});

it("lets only one of several stores that start together have a stale lock", async () => {
  const dataDir = await temporaryDirectory();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(path.join(dataDir, "store.lock.7"), `${pid}\n\nx\n`);
  const starts = await Promise.allSettled(Array.from({ length: 4 }, () => startStore({ dataDir, port: 0 })));
  const started = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  await Promise.all(started.map((store) => store.close()));
  expect(started).toHaveLength(1);
});

it("takes over the lock of a process whose number another one has now", async () => {
  const dataDir = await temporaryDirectory();
  await writeFile(path.join(dataDir, "store.lock.7"), `${process.ppid}\nanother boot/1\nx\n`);
  await openStore({ dataDir });
});

it("respects the lock of a running process", async () => {
  const { dataDir } = await openStore();
  const child = spawnSync(process.execPath, [path.join(import.meta.dirname, "support/store-process.ts"), dataDir]);
  expect(child.status).not.toBe(0);
  expect(child.stderr.toString()).toContain(`process ${process.pid}`);
});

it("finishes running requests when closed, and takes no new ones", async () => {
  const { store, dataDir } = await openStore();
  const content = someBytes();
  const upload = httpRequest(`${store.url}/api/v0/block/put`, {
    method: "POST",
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  upload.write('--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n');
  await once(upload, "socket");
  await (await fetch(`${store.url}/health`)).text(); // the upload was accepted before this was
  const closing = store.close();
  await expect(fetch(`${store.url}/health`)).rejects.toThrow();
  upload.end(
    Buffer.concat([
      Buffer.from("Content-Type: application/octet-stream\r\n\r\n"),
      content,
      Buffer.from("\r\n--x--\r\n"),
    ]),
  );
  const [answer] = (await once(upload, "response")) as [NodeJS.ReadableStream & AsyncIterable<Uint8Array>];
  expect(JSON.parse((await collectBytes(answer)).toString())).toEqual({ Key: rawCid(content), Size: content.length });
  await closing;
  const again = await openStore({ dataDir });
  expect((await again.client.block.stat(await again.client.block.put(content))).size).toBe(content.length);
});

it.each([
  ["ENOSPC", "STORE_DISK_FULL", 507],
  ["EDQUOT", "STORE_DISK_FULL", 507],
  ["EROFS", "STORE_IO_FAILED", 500],
  ["EIO", "STORE_IO_FAILED", 500],
])("turns %s into a message without a path", (errno, code, status) => {
  const cause = Object.assign(new Error(`${errno}: open '/home/someone/secret'`), { code: errno });
  const error = fileError(cause, "write");
  expect([error.code, error.status]).toEqual([code, status]);
  expect(error.message).toContain(errno);
  expect(error.message).not.toContain("/");
});
