import type { IncomingMessage } from "node:http";

/** Who may talk to the node from a browser. */
export interface AccessRules {
  /** Why the request is refused; undefined when it is allowed. */
  refusal(request: IncomingMessage): string | undefined;
  /** CORS headers for an allowed request. */
  corsHeaders(request: IncomingMessage): [name: string, value: string][];
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Wallet extensions call nodes with their own origin. Pages cannot take these schemes. */
const EXTENSION_SCHEMES = new Set(["chrome-extension:", "moz-extension:", "safari-web-extension:"]);

/**
 * Rules against foreign web pages. The Host check stops DNS rebinding: a name that an attacker points to 127.0.0.1.
 * The origin check stops other sites, for WebSocket too, where browsers leave it to the server.
 *
 * @param host address the server binds to; host names are checked only when it is a loopback one
 * @param allowedOrigins exact origins; absent: loopback origins with any port
 */
export function createAccessRules(host: string, allowedOrigins: readonly string[] | undefined): AccessRules {
  const local = LOOPBACK.has(host) || host === "::1";
  const isAllowedOrigin = (origin: string): boolean => {
    const url = URL.parse(origin);
    if (!url) return false;
    if (EXTENSION_SCHEMES.has(url.protocol)) return true;
    return allowedOrigins ? allowedOrigins.includes(origin) : isLoopback(url);
  };
  return {
    refusal: ({ headers }) => {
      const name = URL.parse(`http://${headers.host ?? ""}`);
      if (local && (!name || !isLoopback(name))) return "This node answers to localhost only.";
      if (headers.origin !== undefined && !isAllowedOrigin(headers.origin)) return "This origin is not allowed.";
      return undefined;
    },
    corsHeaders: ({ headers }) => {
      if (headers.origin === undefined) return [];
      return [
        ["access-control-allow-origin", headers.origin],
        ["access-control-allow-methods", "POST"],
        ["access-control-allow-headers", "content-type"],
        ["access-control-allow-private-network", "true"],
        ["access-control-expose-headers", "retry-after"],
        ["access-control-max-age", "600"],
        ["vary", "origin"],
      ];
    },
  };
}

function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.has(hostname) || hostname.endsWith(".localhost");
}
