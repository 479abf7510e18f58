import { describe, expect, it } from "vitest";
import { PROFILE, openStore, plainRequest, someBytes } from "./support/fixture.ts";

const FORBIDDEN = { Message: expect.any(String) as string, Code: 4, Type: "error" };

describe("methods and paths", () => {
  it.each(["GET", "HEAD", "PUT", "DELETE"])("refuses %s on a command", async (method) => {
    const { store } = await openStore();
    const answer = await plainRequest(`${store.url}/api/v0/id`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe("POST, OPTIONS");
  });

  it.each(["/api/v0/config", "/api/v0/block/rm", "/api/v0/constructor", "/", "/ipns/example.org"])(
    "does not know %s",
    async (path) => {
      const { store } = await openStore();
      expect((await fetch(store.url + path, { method: "POST" })).status).toBe(404);
    },
  );

  it("refuses POST on the gateway and on health", async () => {
    const { store } = await openStore();
    expect((await fetch(`${store.url}/ipfs/bafkqaaa`, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${store.url}/health`, { method: "POST" })).status).toBe(405);
  });

  it.each(["", "?arg=", "?arg=nonsense", "?arg=bafkqaaa", "?arg=%2e%2e%2fpins.log", "?arg=a&arg=b"])(
    "answers a bad CID as Kubo answers a client mistake (%s)",
    async (query) => {
      const { store } = await openStore();
      const answer = await fetch(`${store.url}/api/v0/block/get${query}`, { method: "POST" });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ Code: 1, Type: "error" });
    },
  );

  it("reports blocks and pins", async () => {
    const { client, store } = await openStore();
    await client.add(someBytes(2500), { ...PROFILE, chunker: "size-1000" });
    expect(await (await fetch(`${store.url}/health`)).json()).toEqual({ status: "ok", blocks: 4, pins: 1 });
  });
});

describe("origin", () => {
  it.each(["http://localhost:5173", "https://127.0.0.1:8443", "http://[::1]:3000"])(
    "admits %s by default",
    async (origin) => {
      const { store } = await openStore();
      const answer = await plainRequest(`${store.url}/api/v0/id`, { method: "POST", headers: { origin } });
      expect(answer.status).toBe(200);
      expect(answer.headers["access-control-allow-origin"]).toBe(origin);
      expect(answer.headers.vary).toContain("Origin");
    },
  );

  it.each(["https://evil.example", "null", "http://localhost.evil.example", "http://localhost:5173/", "file://"])(
    "refuses %s for commands, blocks and preflights",
    async (origin) => {
      const { store, client } = await openStore();
      const { cid } = await client.add(someBytes(), PROFILE);
      for (const [method, path] of [
        ["POST", "/api/v0/repo/gc"],
        ["GET", `/ipfs/${cid}?format=raw`],
        ["OPTIONS", "/api/v0/add"],
      ] as const) {
        const answer = await plainRequest(store.url + path, { method, headers: { origin } });
        expect(answer.status).toBe(403);
        expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
        expect(JSON.parse(answer.body)).toEqual(FORBIDDEN);
      }
    },
  );

  it("admits exactly the origins it is given", async () => {
    const { store } = await openStore({ allowedOrigins: ["https://chart.example"] });
    const statusFor = async (origin: string): Promise<number> =>
      (await plainRequest(`${store.url}/health`, { headers: { origin } })).status;
    expect(await statusFor("https://chart.example")).toBe(200);
    expect(await statusFor("https://chart.example:444")).toBe(403);
    expect(await statusFor("http://localhost:5173")).toBe(403);
  });

  it("answers a preflight", async () => {
    const { store } = await openStore();
    const headers = { origin: "http://localhost:5173", "access-control-request-method": "POST" };
    const answer = await plainRequest(`${store.url}/api/v0/add`, { method: "OPTIONS", headers });
    expect(answer.status).toBe(204);
    expect(answer.headers["access-control-allow-methods"]).toContain("POST");
  });
});

describe("host", () => {
  it.each(["evil.example", "127.0.0.1.evil.example:5001", "10.0.0.1", "localhost@evil.example"])(
    "refuses %o",
    async (host) => {
      const { store } = await openStore();
      const answer = await plainRequest(`${store.url}/health`, { headers: { host } });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toEqual(FORBIDDEN);
    },
  );

  it.each(["localhost", "LOCALHOST:1", "127.0.0.1:5001", "[::1]:5001"])("admits %s", async (host) => {
    const { store } = await openStore();
    expect((await plainRequest(`${store.url}/health`, { headers: { host } })).status).toBe(200);
  });

  it("asks nothing of the name when it listens on the network", async () => {
    const { store } = await openStore({ host: "0.0.0.0" });
    const answer = await plainRequest(`http://127.0.0.1:${store.port}/health`, { headers: { host: "store.example" } });
    expect(answer.status).toBe(200);
  });
});
