import type { Server } from "node:http";
import { createServer } from "node:http";
import { StoreError, errnoOf } from "./errors.ts";
import { Gate } from "./gate/gate.ts";
import { DEFAULTS, type GateOptions } from "./gate/options.ts";
import { type ReceiptAnchor, ReceiptAnchoring } from "./gate/receipt-anchor.ts";
import { Sweep } from "./gate/sweep.ts";
import { isAllowedHost, isLoopback } from "./http/access.ts";
import type { Site } from "./http/router.ts";
import { handle } from "./http/router.ts";
import { regularly } from "./regularly.ts";
import { Repo } from "./repo.ts";
import type { Settings } from "./settings.ts";

export interface StoreOptions {
  /** Directory of blocks and pins; created if missing. One running store per directory. */
  readonly dataDir: string;
  /** Address to listen on; default 127.0.0.1. Anything but loopback opens the store to the network. */
  readonly host?: string;
  /** TCP port; default 5001 as Kubo's API, 0 for any free one. */
  readonly port?: number;
  /** Exact origins browsers may call from; default: http and https on loopback names, any port. */
  readonly allowedOrigins?: readonly string[];
  /** Largest file accepted, in bytes; default 1.125 GiB: what 1 GiB is at most when it is sealed and padded. */
  readonly maxFileBytes?: number;
  /** How long a client may send or take nothing before it is cut off, in milliseconds; default 30,000. */
  readonly idleTimeoutMs?: number;
  /** URL of a Kubo that keeps the blocks, such as http://127.0.0.1:5001; it belongs behind this store and announces nothing. */
  readonly kubo?: string;
  /** Asks who is there, and the chain what he may do; without it the store is a plain one that answers everybody. */
  readonly gate?: GateOptions;
  /** Told of failures, one line each. Lines may hold file paths. */
  readonly log?: (line: string) => void;
}

export interface RunningStore {
  /** Base URL without trailing slash; RPC under /api/v0, gateway under /ipfs. */
  readonly url: string;
  readonly port: number;
  /**
   * Publishes the receipts of the days that are over: now, and from now on every hour. Resolves after the first time; failures are lines
   * of the log. Once; for a store with a gate.
   */
  anchorReceipts(anchor: ReceiptAnchor): Promise<void>;
  /** Stops listening, lets running requests finish (30 s at most), and frees the data directory. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
/** Long enough that a client on a busy machine seldom writes into a connection that is being closed. */
const KEEP_ALIVE_MS = 60_000;
/** Longest time one request may take to arrive. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;
const CLOSE_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 128;
/** How often it is looked whether there are receipts to publish. */
const ANCHOR_EVERY_MS = 3_600_000;

const MAX_FILE_BYTES = 1.125 * 2 ** 30;

/** Origins of a store on loopback, by the names browsers and programs use. */
const loopbackOrigins = (port: number): string[] =>
  ["127.0.0.1", "localhost", "[::1]"].map((name) => `http://${name}:${port}`);

/**
 * Starts a content store: a subset of the Kubo RPC API and the trustless gateway over one data directory.
 * @throws StoreError STORE_PORT_IN_USE, STORE_DATA_LOCKED, STORE_PINS_DAMAGED, STORE_SCOPES_DAMAGED, STORE_LINKS_DAMAGED,
 * STORE_IO_FAILED, STORE_DISK_FULL
 */
export async function startStore(options: StoreOptions): Promise<RunningStore> {
  const host = options.host ?? "127.0.0.1";
  const settings: Settings = {
    maxFileBytes: options.maxFileBytes ?? MAX_FILE_BYTES,
    idleTimeoutMs: options.idleTimeoutMs ?? 30_000,
    allowedOrigins: options.allowedOrigins && new Set(options.allowedOrigins),
    loopbackOnly: isLoopback(host),
    log: options.log ?? (() => undefined),
  };
  const repo = await Repo.open(options.dataDir, options.kubo);
  const origins = new Set(options.gate?.origins);
  const gate = await openGate(options, settings, repo, origins).catch(async (error: unknown) => {
    await repo.close();
    throw error;
  });
  const site: Site = { repo, gate, settings };
  const running = new Set<Promise<void>>();
  const server = createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on("request", (request, response) => {
    if (!server.listening) response.setHeader("connection", "close");
    const answer = handle(site, request, response).finally(() => running.delete(answer));
    running.add(answer);
  });
  let port: number;
  try {
    port = await listen(server, host, options.port ?? 5001);
  } catch (error) {
    await gate?.close();
    await repo.close();
    throw error;
  }
  const stopSweeping = gate && options.gate ? beginSweeping(repo, gate, options.gate, settings.log) : undefined;
  if (!options.gate?.origins) for (const origin of loopbackOrigins(port)) origins.add(origin);
  let closing: Promise<void> | undefined;
  let anchoring: ReturnType<typeof beginAnchoring> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    async anchorReceipts(anchor) {
      if (gate === undefined) throw new RangeError("a store without a gate keeps no receipts");
      anchoring ??= beginAnchoring(gate, anchor, settings.log);
      await anchoring.now();
    },
    close() {
      void anchoring?.stop();
      return (closing ??= Promise.resolve(stopSweeping?.()).then(() => closeAll(server, running, site)));
    },
  };
}

async function openGate(
  { gate: options, dataDir, log }: StoreOptions,
  { maxFileBytes, allowedOrigins, log: tell }: Settings,
  { pins }: Repo,
  origins: ReadonlySet<string>,
): Promise<Gate | undefined> {
  if (!options) return undefined;
  const gate = await Gate.open(dataDir, pins, options, {
    maxFileBytes,
    log: tell,
    isOwnOrigin: (origin) => origins.has(origin),
    isKnownDomain: (domain) =>
      isAllowedHost(domain, allowedOrigins) || [...origins].some((origin) => new URL(origin).host === domain),
  });
  if (pins.count > gate.scopes.count) {
    log?.(
      `${pins.count - gate.scopes.count} stored files belong to nobody, so nobody may read them: upload them again`,
    );
  }
  return gate;
}

function beginSweeping(repo: Repo, gate: Gate, options: GateOptions, log: Settings["log"]): () => Promise<void> {
  const sweep = new Sweep(repo, gate.scopes, options, log);
  return regularly("the sweep", () => sweep.run(), options.sweepEveryMs ?? DEFAULTS.sweepEveryMs, log).stop;
}

/** Not waited for at the end: the chain may have gone before. What was not published is so after the next start. */
function beginAnchoring(gate: Gate, anchor: ReceiptAnchor, log: Settings["log"]) {
  const anchoring = new ReceiptAnchoring(gate.receipts, anchor);
  gate.receipts.anchoredBy = anchor.account;
  return regularly("publishing the receipts", () => anchoring.run(), ANCHOR_EVERY_MS, log);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(errnoOf(error) === "EADDRINUSE" ? portInUse(port, error) : error));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

async function closeAll(server: Server, running: ReadonlySet<Promise<void>>, { gate, repo }: Site): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const giveUp = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  // A connection that was busy when listening stopped turns idle later, and would wait for its keep-alive time.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearTimeout(giveUp);
  clearInterval(sweep);
  // A client that hung up leaves its request behind, still writing.
  await Promise.all(running);
  await gate?.close();
  await repo.close();
}

function portInUse(port: number, cause: unknown): StoreError {
  return new StoreError(
    "STORE_PORT_IN_USE",
    `port ${port} is taken by another program (a Kubo node uses 5001 too). ` +
      "Stop that program, or start the store on another port.",
    { cause },
  );
}
