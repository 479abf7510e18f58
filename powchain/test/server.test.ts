import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startPowchain } from "../src/index.ts";
import { alice, EASY, result, rpc, start, type RpcAnswer } from "./helpers.ts";

const post = async (url: string, body: string) => (await fetch(url, { method: "POST", body })).json();
const call = (id: number, method: string, params: unknown = []) => ({ jsonrpc: "2.0", id, method, params });

/** Sends an HTTP request with headers that fetch does not let us choose. */
function raw(port: number, method: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const body = JSON.stringify(call(1, "eth_chainId"));
    const sent = request({ host: "127.0.0.1", port, method, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? body : undefined);
  });
}

describe("JSON-RPC", () => {
  it("answers the basic questions", async () => {
    const { url } = await start({ chainId: 4242 });
    const answers = async (...methods: string[]) => Promise.all(methods.map((method) => result(url, method)));
    expect(await answers("eth_chainId", "net_version", "eth_syncing", "eth_accounts", "net_listening")).toEqual([
      ...["0x1092", "4242", false, [], true],
    ]);
    expect(await result(url, "web3_clientVersion")).toMatch(/^chartkey-powchain\//);
  });

  it("uses the standard error codes", async () => {
    const { url } = await start();
    expect((await rpc(url, "eth_coffee")).error?.code).toBe(-32601);
    expect((await rpc(url, "constructor")).error?.code).toBe(-32601);
    expect((await rpc(url, "eth_subscribe", ["newHeads"])).error?.code).toBe(-32601);
    for (const [method, params] of [
      ["eth_getBalance", ["0x12", "latest"]],
      ["eth_getBlockByNumber", ["newest", false]],
      ["eth_getBlockByHash", ["0x1", false]],
      ["eth_getTransactionReceipt", [7]],
      ["eth_call", ["nothing"]],
      ["eth_getLogs", [{ topics: ["0x12"] }]],
      ["eth_sendRawTransaction", ["0xzz"]],
      ["eth_call", [{ to: alice.address }, "latest", { [alice.address]: {} }]],
    ] as const) {
      expect((await rpc(url, method, params)).error?.code, method).toBe(-32602);
    }
    expect((await rpc(url, "eth_getBalance", [alice.address, "0x99"])).error?.code).toBe(-32000);
    expect(await post(url, "{")).toMatchObject({ id: null, error: { code: -32700 } });
    expect(await post(url, "3")).toMatchObject({ id: null, error: { code: -32600 } });
    expect(await post(url, JSON.stringify(call(1, "eth_chainId", {})))).toMatchObject({ error: { code: -32602 } });
  });

  it("answers null for what does not exist", async () => {
    const { url } = await start();
    const unknown = `0x${"12".repeat(32)}`;
    expect(await result(url, "eth_getBlockByNumber", ["0x5", true])).toBeNull();
    for (const method of ["eth_getBlockByHash", "eth_getTransactionByHash", "eth_getTransactionReceipt"]) {
      expect(await result(url, method, [unknown, false])).toBeNull();
    }
  });

  it("answers batches in order, and refuses empty and endless ones", async () => {
    const { url } = await start();
    const batch = [call(1, "evm_mine"), call(2, "eth_blockNumber"), call(3, "eth_coffee")];
    const answers = (await post(url, JSON.stringify(batch))) as RpcAnswer[];
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(answers[1]?.result).toBe("0x1");
    expect(answers[2]?.error?.code).toBe(-32601);
    expect(await post(url, "[]")).toMatchObject({ error: { code: -32600 } });
    const endless = JSON.stringify(Array.from({ length: 1001 }, () => call(1, "eth_chainId")));
    expect(await post(url, endless)).toMatchObject({ error: { code: -32600 } });
    const notification = JSON.stringify({ jsonrpc: "2.0", method: "eth_chainId" });
    expect((await fetch(url, { method: "POST", body: notification })).status).toBe(204);
  });
});

describe("access", () => {
  it("refuses requests above 5 MB and other methods", async () => {
    const { url } = await start();
    const large = JSON.stringify(call(1, "eth_call", ["0".repeat(5 * 1024 * 1024)]));
    const status = await fetch(url, { method: "POST", body: large }).then(
      (response) => response.status,
      () => 413, // the connection may end while the body is still being sent
    );
    expect(status).toBe(413);
    expect((await fetch(url)).status).toBe(405);
  });

  it("answers to loopback names only", async () => {
    const { port } = await start();
    const status = async (host: string) => (await raw(port, "POST", { host })).status;
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status("127.0.0.1")).toBe(200);
    expect(await status(`[::1]:${port}`)).toBe(200);
    for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8545", "10.0.0.1"]) {
      expect(await status(host), host).toBe(403);
    }
  });

  it("lets loopback pages and wallet extensions in, and no other page", async () => {
    const { port } = await start();
    const ask = (origin: string, method = "POST") => raw(port, method, { host: "localhost", origin });
    for (const origin of ["http://localhost:5173", "http://127.0.0.1:1", "chrome-extension://abc"]) {
      const answer = await ask(origin);
      expect(answer.status, origin).toBe(200);
      expect(answer.headers["access-control-allow-origin"]).toBe(origin);
      expect((await ask(origin, "OPTIONS")).status).toBe(204);
    }
    for (const origin of ["https://evil.example", "http://localhost.evil.example", "null"]) {
      expect((await ask(origin)).status, origin).toBe(403);
    }
  });

  it("keeps to the given origins", async () => {
    const { port } = await start({ allowedOrigins: ["https://chart.example"] });
    const status = async (origin: string) => (await raw(port, "POST", { host: "localhost", origin })).status;
    expect(await status("https://chart.example")).toBe(200);
    expect(await status("http://localhost:5173")).toBe(403);
  });

  it("holds for WebSocket too", async () => {
    const { port } = await start();
    const connects = (options: { origin?: string; headers?: Record<string, string> }) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}`, options);
        socket.on("open", () => resolve((socket.close(), true)));
        socket.on("error", () => resolve(false));
      });
    expect(await connects({ origin: "http://localhost:3000" })).toBe(true);
    expect(await connects({ origin: "https://evil.example" })).toBe(false);
    expect(await connects({ headers: { host: "evil.example" } })).toBe(false);
  });

  it("says what to do when the port is taken, and leaves nothing behind", async () => {
    const { port } = await start();
    const second = startPowchain({ port, difficulty: EASY, accounts: {} });
    await expect(second).rejects.toMatchObject({
      code: "POWCHAIN_PORT_IN_USE",
      message: expect.stringContaining("choose another port"),
    });
  });

  it("refuses impossible options", async () => {
    for (const options of [{ chainId: 0 }, { difficulty: 0n }, { accounts: { "0x12": 1n } as const }]) {
      await expect(startPowchain({ port: 0, accounts: {}, ...options })).rejects.toMatchObject({
        code: "POWCHAIN_OPTIONS",
      });
    }
  });
});

describe("eth_subscribe", () => {
  it("tells a session about heads until it unsubscribes", async () => {
    const { port, url } = await start();
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    const messages: { id?: number; result?: string; params?: { subscription: string; result: { number: string } } }[] =
      [];
    socket.on("message", (data) => messages.push(JSON.parse(data.toString())));
    await new Promise((resolve) => socket.on("open", resolve));
    const ask = async (id: number, method: string, params: unknown[]) => {
      socket.send(JSON.stringify(call(id, method, params)));
      await expect.poll(() => messages.some((message) => message.id === id)).toBe(true);
      return messages.find((message) => message.id === id)?.result;
    };
    const subscription = await ask(1, "eth_subscribe", ["newHeads"]);
    const heads = () => messages.filter(({ params }) => params?.subscription === subscription);
    await result(url, "evm_mine");
    await expect.poll(() => heads().length).toBe(1);
    expect(heads()[0]?.params?.result.number).toBe("0x1");
    expect(await ask(2, "eth_unsubscribe", [subscription])).toBe(true);
    expect(await ask(3, "eth_unsubscribe", [subscription])).toBe(false);
    await result(url, "evm_mine");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heads()).toHaveLength(1);
    socket.close();
  });
});
