import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { KuboRPCClient } from "kubo-rpc-client";
import { create } from "kubo-rpc-client";
import { onTestFinished } from "vitest";
import type { RunningStore, StoreOptions } from "../../src/index.ts";
import { startStore } from "../../src/index.ts";
import { kuboOf } from "./kubo.ts";

/** Whether the blocks are kept by a real Kubo: `npm run test:interop`. */
export const INTEROP = process.env["CHARTKEY_INTEROP"] === "1";

/** The one import profile of Chartkey. */
export const PROFILE = { cidVersion: 1, rawLeaves: true, chunker: "size-1048576", maxFileLinks: 1024 } as const;

/** An empty directory that goes away with the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "chartkey-store-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export interface TestStore {
  readonly store: RunningStore;
  readonly dataDir: string;
  readonly client: KuboRPCClient;
}

/** A running store on a free port, with an unmodified Kubo client for it. */
export async function openStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const dataDir = options.dataDir ?? (await temporaryDirectory());
  const kubo = INTEROP ? { kubo: await kuboOf(dataDir) } : {};
  const store = await startStore({ port: 0, ...kubo, ...options, dataDir });
  onTestFinished(() => store.close());
  return { store, dataDir, client: create({ url: store.url }) };
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

export async function collectBytes(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await collect(source));
}

/** Fresh bytes nobody stored before. */
export function someBytes(length = 64): Buffer {
  return randomBytes(length);
}

/** CIDv1 of a raw block, written out from the specification: no library of the store takes part. */
export function rawCid(bytes: Uint8Array): string {
  return cidText(0x55, bytes);
}

export function dagPbCid(bytes: Uint8Array): string {
  return cidText(0x70, bytes);
}

function cidText(codec: number, bytes: Uint8Array): string {
  const digest = createHash("sha256").update(bytes).digest();
  return `b${base32(Buffer.concat([Buffer.from([1, codec, 0x12, 32]), digest]))}`;
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/** File of a block inside a data directory. */
export function blockFile(dataDir: string, bytes: Uint8Array): string {
  const digest = createHash("sha256").update(bytes).digest();
  const name = `B${base32(Buffer.concat([Buffer.from([0x12, 32]), digest])).toUpperCase()}`;
  return path.join(dataDir, "blocks", name.slice(-2), `${name}.data`);
}

/** Whether a raw block is on the disk, or in the Kubo, of a store. */
export async function isKept(dataDir: string, bytes: Uint8Array): Promise<boolean> {
  if (!INTEROP) return readFile(blockFile(dataDir, bytes)).then(Boolean, () => false);
  const asked = `${await kuboOf(dataDir)}/api/v0/block/stat?offline=true&arg=${rawCid(bytes)}`;
  return (await fetch(asked, { method: "POST" })).ok;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request with any headers, Host and Origin included, which fetch would not send. */
export function plainRequest(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method: options.method ?? "GET", headers: options.headers ?? {} },
      (incoming) => {
        collectBytes(incoming).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: body.toString() }),
          reject,
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(options.body);
  });
}
