import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Request {
  id: number;
  method: string;
  params: unknown[];
}

/** What a lie makes of a request: ask the true node something else, and say something else than it. */
export interface Lie {
  asked?: (params: unknown[]) => unknown[];
  told?: (answer: unknown, params: unknown[]) => unknown;
  /** The true node is not asked. */
  silent?: boolean;
}

/** A node that passes requests on to a true one, and lies about what it is told to. */
export interface LyingNode {
  url: string;
  /** By method. */
  lies: Map<string, Lie>;
  close(): Promise<void>;
}

export async function startLyingNode(rpcUrl: string): Promise<LyingNode> {
  const lies = new Map<string, Lie>();
  const answer = async ({ id, method, params = [] }: Request): Promise<Record<string, unknown>> => {
    const {
      asked = (same: unknown[]) => same,
      told = (same: unknown) => same,
      silent = false,
    } = lies.get(method) ?? {};
    if (silent) return { jsonrpc: "2.0", id, result: told(undefined, params) };
    const body = JSON.stringify({ jsonrpc: "2.0", id, method, params: asked(params) });
    const response = await fetch(rpcUrl, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { result, error } = (await response.json()) as { result?: unknown; error?: unknown };
    return error === undefined ? { jsonrpc: "2.0", id, result: told(result, params) } : { jsonrpc: "2.0", id, error };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void answer(JSON.parse(Buffer.concat(chunks).toString()) as Request).then((told) => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(told));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Has a node tell the state as of a block as if it were the newest. */
export function freezeAt({ lies }: LyingNode, block: `0x${string}`): void {
  const asked = (params: unknown[]) =>
    params.map((param) => (param === "latest" || param === undefined ? block : param));
  for (const method of ["eth_call", "eth_getBlockByNumber"]) lies.set(method, { asked });
  lies.set("eth_blockNumber", { told: () => block });
}
