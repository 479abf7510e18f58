import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { createAccessRules, type AccessRules } from "./access.ts";
import { PowchainError } from "./errors.ts";
import { type RateLimit, RateLimiter } from "./rate-limit.ts";
import { type Caller, dispatch } from "./rpc/dispatch.ts";
import type { MethodTable, Session } from "./rpc/params.ts";

/** Largest request, in bytes: a deployment of the largest contract is 100 kB as hex. */
const MAX_REQUEST_BYTES = 5 * 1024 * 1024;
/** Long enough that a client on a busy machine seldom writes into a connection that is being closed. */
const KEEP_ALIVE_MS = 60_000;
/** A subscriber that leaves this much unread is disconnected instead of filling the memory. */
const MAX_UNSENT_BYTES = 16 * 1024 * 1024;

export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly allowedOrigins: readonly string[] | undefined;
  readonly rateLimit: RateLimit;
}

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves JSON-RPC over HTTP POST and WebSocket on one port.
 *
 * @throws PowchainError POWCHAIN_PORT_IN_USE
 */
export async function startServer(methods: MethodTable, options: ServerOptions): Promise<RunningServer> {
  const rules = createAccessRules(options.host, options.allowedOrigins);
  const limiter = new RateLimiter(options.rateLimit);
  const waitOf = (request: IncomingMessage) => {
    const { remoteAddress } = request.socket;
    return (calls: number) => limiter.wait(remoteAddress, calls);
  };
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => void answerHttp(methods, rules, waitOf(request), request, response),
  );
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (rules.refusal(request) !== undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => serveSocket(methods, waitOf(request), webSocket));
  });
  const port = await listen(server, options);
  return {
    port,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, { host, port }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(
        new PowchainError(
          "POWCHAIN_PORT_IN_USE",
          `Port ${port} on ${host} is in use. Stop the program that uses it, or choose another port.`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function answerHttp(
  methods: MethodTable,
  rules: AccessRules,
  wait: Caller["wait"],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, text: string) => {
    response.writeHead(status, { "content-type": "text/plain", connection: "close" }).end(`${text}\n`);
  };
  const refusal = rules.refusal(request);
  if (refusal !== undefined) return refuse(403, refusal);
  for (const [name, value] of rules.corsHeaders(request)) response.setHeader(name, value);
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  if (request.method !== "POST") return refuse(405, "This is an Ethereum JSON-RPC endpoint: use POST or WebSocket.");
  const body = await readBody(request);
  if (body === undefined) return refuse(413, `A request may have at most ${MAX_REQUEST_BYTES} bytes.`);
  const { text, retryAfter } = await dispatch(methods, body, { wait });
  if (text === undefined) return void response.writeHead(204).end();
  if (retryAfter !== undefined) response.setHeader("retry-after", Math.ceil(retryAfter));
  response.writeHead(retryAfter === undefined ? 200 : 429, { "content-type": "application/json" }).end(text);
}

/** The body as text; undefined when it is too large or the connection broke. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_REQUEST_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function serveSocket(methods: MethodTable, wait: Caller["wait"], socket: WebSocket): void {
  const send = (text: string) => {
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.send(text);
  };
  const session: Session = {
    notify: (subscription, result) => {
      send(JSON.stringify({ jsonrpc: "2.0", method: "eth_subscription", params: { subscription, result } }));
    },
    onClose: (cleanUp) => socket.on("close", cleanUp),
  };
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => {
    void dispatch(methods, data.toString(), { wait, session }).then(({ text }) => text !== undefined && send(text));
  });
}
