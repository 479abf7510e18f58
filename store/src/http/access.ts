import type { IncomingMessage, ServerResponse } from "node:http";
import { StoreError } from "../errors.ts";
import type { Settings } from "../settings.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

/** Whether a host name, as in a URL or as passed to listen, means this machine only. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname.toLowerCase());
}

/**
 * Lets a request in, and sets its CORS headers. A store bound to loopback answers only to a loopback Host: a web page
 * whose name is made to resolve to 127.0.0.1 would otherwise pass as same-origin. A browser Origin must be allowed
 * even for reading; programs send none. What is `forEverybody` is asked for by pages of every origin, and by no cookie or session.
 * @throws StoreError STORE_FORBIDDEN
 */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
  forEverybody = false,
): void {
  response.setHeader("vary", "Origin");
  response.setHeader("x-content-type-options", "nosniff");
  if (settings.loopbackOnly && !isLoopbackAuthority(request.headers.host)) {
    throw new StoreError("STORE_FORBIDDEN", "this store answers only to localhost");
  }
  const origin = request.headers.origin;
  if (origin === undefined) return;
  if (!forEverybody && !isAllowed(origin, settings.allowedOrigins)) {
    throw new StoreError("STORE_FORBIDDEN", "this web origin may not use the store");
  }
  response.setHeader("access-control-allow-origin", forEverybody ? "*" : origin);
  response.setHeader(
    "access-control-expose-headers",
    "etag, content-length, x-content-length, x-store-error, retry-after",
  );
}

/** Answers a CORS preflight of an admitted request. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "access-control-allow-headers": "content-type, accept, if-none-match, authorization, x-chartkey-request",
    "access-control-max-age": "600",
  });
  response.end();
}

/** Whether web pages of a host, as `app.example:8443`, may use the store. */
export function isAllowedHost(host: string, allowed: ReadonlySet<string> | undefined): boolean {
  return isAllowed(`https://${host}`, allowed) || isAllowed(`http://${host}`, allowed);
}

function isLoopbackAuthority(host: string | undefined): boolean {
  const url = parseUrl(`http://${host ?? ""}`);
  return url !== undefined && isLoopback(url.hostname);
}

function isAllowed(origin: string, allowed: ReadonlySet<string> | undefined): boolean {
  if (allowed) return allowed.has(origin);
  const url = parseUrl(origin);
  return url?.origin === origin && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
