import { JsonRpcProvider } from "ethers";
import { createPublicClient, http, LimitExceededRpcError } from "viem";
import { describe, expect, it, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { DEFAULT_RATE_LIMIT, RateLimiter } from "../src/rate-limit.ts";
import { type RpcAnswer, start } from "./helpers.ts";

const calls = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" }));
const post = (url: string, message: unknown) => fetch(url, { method: "POST", body: JSON.stringify(message) });

describe("a bucket of calls", () => {
  const at = (limit = { burst: 10, perSecond: 2 }) => {
    let now = 5;
    return { limiter: new RateLimiter(limit, () => now), pass: (seconds: number) => (now += seconds) };
  };

  it("holds what may be asked at once, and fills again in time, not beyond", () => {
    const { limiter, pass } = at();
    expect(limiter.wait("10.0.0.1", 10)).toBe(0);
    expect(limiter.wait("10.0.0.1", 3)).toBe(1.5);
    pass(1);
    expect(limiter.wait("10.0.0.1", 3)).toBe(0.5);
    expect(limiter.wait("10.0.0.1", 2)).toBe(0);
    pass(1000);
    expect(limiter.wait("10.0.0.1", 10)).toBe(0);
    expect(limiter.wait("10.0.0.1", 1)).toBe(0.5);
  });

  it("is each address's own, and one for this machine", () => {
    const { limiter } = at();
    expect(limiter.wait("127.0.0.1", 4)).toBe(0);
    expect(limiter.wait("::1", 4)).toBe(0);
    expect(limiter.wait("::ffff:127.0.0.9", 2)).toBe(0);
    expect(limiter.wait(undefined, 1)).toBe(0.5);
    expect(limiter.wait("10.0.0.1", 10)).toBe(0);
    expect(limiter.wait("10.0.0.2", 10)).toBe(0);
  });

  it("lets a batch through that is larger than it, once it is full", () => {
    const { limiter } = at();
    expect(limiter.wait("10.0.0.1", 1000)).toBe(0);
    expect(limiter.wait("10.0.0.1", 1000)).toBe(5);
  });

  it("stays what it is however many others come", () => {
    const { limiter } = at();
    limiter.wait("10.0.0.1", 10);
    for (let other = 0; other < 3000; other++) limiter.wait(`10.1.${other >> 8}.${other & 255}`, 1);
    expect(limiter.wait("10.0.0.1", 1)).toBe(0.5);
  });

  it("holds an audit of 10,000 headers in batches of 1,000, and the app beside it", () => {
    const { limiter } = at(DEFAULT_RATE_LIMIT);
    for (let batch = 0; batch < 10; batch++) expect(limiter.wait("::1", 1000)).toBe(0);
    for (let poll = 0; poll < 1000; poll++) expect(limiter.wait("::1", 3)).toBe(0);
  });
});

describe("a node with a limit", () => {
  /** No test gets a further call in less than a thousand seconds. */
  const SLOW = { burst: 5, perSecond: 0.001 };

  it("answers 429 with Retry-After and -32005 to a call or a batch too many", async () => {
    const { url } = await start({ rateLimit: SLOW });
    expect((await post(url, calls(4))).status).toBe(200);
    const batch = await post(url, calls(3));
    expect(batch.status).toBe(429);
    expect(Number(batch.headers.get("retry-after"))).toBeGreaterThan(1900);
    const answers = (await batch.json()) as RpcAnswer[];
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([0, 1, 2].map((id) => [id, -32005]));
    expect((await post(url, calls(1)[0])).status).toBe(200);
    expect(await (await post(url, calls(1)[0])).json()).toMatchObject({ id: 0, error: { code: -32005 } });
  });

  it("says the same over WebSocket, and counts it with the rest", async () => {
    const { url, port } = await start({ rateLimit: SLOW });
    expect((await post(url, calls(5))).status).toBe(200);
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    onTestFinished(() => socket.close());
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("open", () => socket.send(JSON.stringify(calls(1)[0])));
      socket.on("message", (data: Buffer) => resolve(data.toString()));
    });
    expect(JSON.parse(answer)).toMatchObject({ id: 0, error: { code: -32005 } });
  });

  it("is waited for by viem", async () => {
    const { url } = await start({ rateLimit: { burst: 2, perSecond: 0.5 } });
    const client = createPublicClient({ transport: http(url) });
    for (let asked = 0; asked < 4; asked++) expect(await client.getChainId()).toBe(20265);
  });

  it("is an error for ethers, which takes the seconds of Retry-After for milliseconds and gives up", async () => {
    const { url } = await start({ rateLimit: SLOW });
    await post(url, calls(5));
    const provider = new JsonRpcProvider(url, 20265, { staticNetwork: true, batchMaxCount: 1 });
    onTestFinished(() => provider.destroy());
    await expect(provider.getBlockNumber()).rejects.toMatchObject({ code: "SERVER_ERROR" });
  });

  it("is an error of its own name for a client that does not wait", async () => {
    const { url } = await start({ rateLimit: SLOW });
    await post(url, calls(5));
    const client = createPublicClient({ transport: http(url, { retryCount: 0 }) });
    await expect(client.getChainId()).rejects.toThrow(LimitExceededRpcError);
  });

  it.each([
    { burst: 0, perSecond: 1 },
    { burst: 1, perSecond: 0 },
    { burst: Number.NaN, perSecond: 1 },
  ])("cannot be %o", async (rateLimit) => {
    await expect(start({ rateLimit })).rejects.toMatchObject({ code: "POWCHAIN_OPTIONS" });
  });
});
