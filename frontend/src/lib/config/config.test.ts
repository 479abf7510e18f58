import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig, parseConfig } from "./config.ts";

const valid = {
  chainId: 20265,
  rpcUrl: "http://127.0.0.1:8545/",
  storeUrls: ["http://127.0.0.1:5001", "https://copies.example"],
  development: true,
};

function fieldOf(value: unknown): string {
  try {
    parseConfig(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.field;
    throw error;
  }
  return "accepted";
}

describe("config.json", () => {
  it("is accepted when complete, without trailing slashes", () => {
    expect(parseConfig(valid)).toEqual({ ...valid, rpcUrl: "http://127.0.0.1:8545" });
  });

  it("may name a second node", () => {
    expect(parseConfig({ ...valid, witnessRpcUrl: "https://second.example/" }).witnessRpcUrl).toBe(
      "https://second.example",
    );
  });

  it.each([
    ["chainId", { chainId: "20265" }],
    ["chainId", { chainId: 0 }],
    ["chainId", { chainId: 1.5 }],
    ["rpcUrl", { rpcUrl: "127.0.0.1:8545" }],
    ["rpcUrl", { rpcUrl: "javascript:alert(1)" }],
    ["rpcUrl", { rpcUrl: undefined }],
    ["witnessRpcUrl", { witnessRpcUrl: "127.0.0.1:8546" }],
    ["storeUrls", { storeUrls: "http://127.0.0.1:5001" }],
    ["storeUrls", { storeUrls: [] }],
    ["storeUrls", { storeUrls: ["http://127.0.0.1:5001", "http://user:secret@127.0.0.1"] }],
    ["development", { development: "yes" }],
    ["rpcURL", { rpcURL: "http://127.0.0.1:1" }],
  ])("is refused for its %s", (field, change) => {
    expect(fieldOf({ ...valid, ...change })).toBe(field);
  });

  it("is refused when it is not an object", () => {
    expect(fieldOf([])).toBe("the file");
    expect(fieldOf(null)).toBe("the file");
  });

  it("does not put credentials into the error", () => {
    expect(() => parseConfig({ ...valid, storeUrls: ["http://user:secret@127.0.0.1"] })).toThrow(/^(?!.*secret)/);
  });

  it.each([
    ["an error status", () => Promise.resolve(new Response("", { status: 404 }))],
    ["a page instead of JSON", () => Promise.resolve(new Response("<!doctype html>"))],
    ["no server", () => Promise.reject(new TypeError("failed"))],
  ])("fails with a code on %s", async (_case, fetcher) => {
    await expect(loadConfig(fetcher)).rejects.toMatchObject({ code: "CONFIG_INVALID", field: "the file" });
  });
});
