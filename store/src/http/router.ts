import type { IncomingMessage, ServerResponse } from "node:http";
import { StoreError } from "../errors.ts";
import type { Gate } from "../gate/gate.ts";
import { answerLink, isLinkPath } from "../gate/links/open-pages.ts";
import { answerPage } from "../gate/pages.ts";
import { answerGateway } from "../gateway.ts";
import { OPEN_PASSAGE } from "../passage.ts";
import type { Repo } from "../repo.ts";
import { admitCommand } from "../rpc/access.ts";
import { COMMANDS } from "../rpc/commands.ts";
import { Params } from "../rpc/params.ts";
import type { Settings } from "../settings.ts";
import { admit, answerPreflight } from "./access.ts";
import { sendJson } from "./respond.ts";

const RPC_PREFIX = "/api/v0/";
const HEALTHY = { status: "ok" } as const;

/** How long what is left of a refused upload is read, so that the client gets to see the refusal. */
const LINGER_MS = 5_000;

/** What answers requests. */
export interface Site {
  readonly repo: Repo;
  /** Asks who is there; a plain store has none. */
  readonly gate: Gate | undefined;
  readonly settings: Settings;
}

/** Answers one request. Never rejects: what goes wrong is answered, or breaks the connection off once bytes are out. */
export async function handle(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = urlOf(request);
    admit(request, response, site.settings, site.gate !== undefined && isLinkPath(url.pathname));
    await route(site, request, response, url);
  } catch (error) {
    answerError(error, site.settings, request, response);
  }
}

/** @throws StoreError STORE_REQUEST_INVALID */
function urlOf({ url: target = "/" }: IncomingMessage): URL {
  if (!URL.canParse(target, "http://store")) throw new StoreError("STORE_REQUEST_INVALID", "malformed URL");
  return new URL(target, "http://store");
}

async function route(
  { repo, gate, settings }: Site,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.method === "OPTIONS") return answerPreflight(response);
  gate?.count(request);
  if (url.pathname.startsWith(RPC_PREFIX)) {
    const name = url.pathname.slice(RPC_PREFIX.length);
    const command = COMMANDS.get(name);
    requireMethod(request, response, "POST");
    if (!command) throw new StoreError("STORE_NOT_FOUND", "unknown command");
    const params = new Params(url.searchParams);
    const passage = await admitCommand(gate, name, request, params);
    return command({ repo, settings, params, passage, request, response });
  }
  if (url.pathname.startsWith("/ipfs/")) {
    requireMethod(request, response, "GET", "HEAD");
    return answerGateway(repo, settings, request, response, url, async (cid) =>
      gate ? gate.admitReading(request, cid) : OPEN_PASSAGE,
    );
  }
  if (url.pathname === "/health") {
    requireMethod(request, response, "GET", "HEAD");
    // How much is kept is nobody's business at a store that asks who is there.
    return sendJson(response, gate ? HEALTHY : { ...HEALTHY, blocks: repo.blocks.count, pins: repo.pins.count });
  }
  const exchange = gate && { gate, repo, settings, request, response, url };
  if (exchange && ((await answerLink(exchange)) || (await answerPage(exchange)))) return;
  throw new StoreError("STORE_NOT_FOUND", "no such page");
}

function requireMethod(request: IncomingMessage, response: ServerResponse, ...allowed: string[]): void {
  if (allowed.includes(request.method ?? "")) return;
  response.setHeader("allow", [...allowed, "OPTIONS"].join(", "));
  throw new StoreError("STORE_METHOD_NOT_ALLOWED", `use ${allowed.join(" or ")}`);
}

/** Kubo's error types by HTTP status: 0 for a failure of the command, 1 for a mistake of the client, 4 for forbidden. */
function kuboCode(status: number): number {
  if (status === 403) return 4;
  return status < 500 ? 1 : 0;
}

function answerError(error: unknown, settings: Settings, request: IncomingMessage, response: ServerResponse): void {
  if (!(error instanceof StoreError) || error.cause || response.headersSent) settings.log(describe(error));
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known = error instanceof StoreError ? error : new StoreError("STORE_IO_FAILED", "internal error of the store");
  // Kubo's commands answer a missing block with 500; on the gateway it is a missing page.
  const missingOnRpc = known.code === "STORE_BLOCK_MISSING" && request.url?.startsWith(RPC_PREFIX);
  const status = missingOnRpc ? 500 : known.status;
  response.setHeader("x-store-error", known.code);
  if (known.retryAfter !== undefined) response.setHeader("retry-after", known.retryAfter);
  if (status === 401) response.setHeader("www-authenticate", 'Bearer realm="chartkey-store"');
  response.setHeader("cache-control", "no-store");
  sendJson(response, { Message: known.message, Code: kuboCode(status), Type: "error" }, status);
  if (!request.complete) lingerThenClose(request);
}

/** Reads on for a moment, throwing away; then hangs up on a client that still sends. */
function lingerThenClose(request: IncomingMessage): void {
  request.resume();
  const hangUp = setTimeout(() => request.socket.destroy(), LINGER_MS);
  hangUp.unref();
  request.once("end", () => clearTimeout(hangUp)).once("close", () => clearTimeout(hangUp));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.name} ${error.message}${cause}`;
}
