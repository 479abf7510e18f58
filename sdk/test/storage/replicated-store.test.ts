import { type Server, type ServerResponse, createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningStore, startStore } from "@chartkey/store";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { randomBytes } from "../../src/bytes.ts";
import { collect } from "../../src/chunks.ts";
import { ChartkeyError } from "../../src/errors.ts";
import { referenceOf, toCid } from "../../src/storage/cid.ts";
import { type ContentStore, contentStore } from "../../src/storage/content-store.ts";
import { repairFile } from "../../src/storage/repair.ts";
import { type StoreFault, contentStores, storesOf } from "../../src/storage/replicated-store.ts";
import { letterTo } from "../../src/storage/scope.ts";
import { StoreSession } from "../../src/storage/store-session.ts";
import { damage } from "./disk.ts";

const OWNER = "0x00000000000000000000000000000000000000aa";
const OWN = letterTo(OWNER);
const NOWHERE = "http://127.0.0.1:9";

let root: string;
let first: RunningStore, second: RunningStore;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "chartkey-stores-"));
  [first, second] = (await Promise.all(
    ["first", "second"].map((name) => startStore({ dataDir: join(root, name), port: 0 })),
  )) as [RunningStore, RunningStore];
});
afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  await rm(root, { recursive: true, force: true });
});

/** Both stores, or others, with what was told of them. */
function both(...urls: string[]) {
  const faults: StoreFault[] = [];
  const [one, ...others] = urls.length === 0 ? [first.url, second.url] : urls;
  const store = contentStores([one!, ...others], undefined, (fault) => faults.push(fault));
  return { store, told: () => faults.map(({ step, store: origin, cause }) => [step, origin, cause.code]) };
}

/** A store that answers as `answer` does. */
async function strangeStore(answer: (response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

describe("letters at several stores", () => {
  const from = `0x${"0b".repeat(20)}`;
  const listing = (lines: unknown[]) =>
    strangeStore((response) => void response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));

  it("are listed once each, though one store lacks some and another is silent", async () => {
    const references = await Promise.all([1, 2].map((byte) => referenceOf(Uint8Array.of(byte))));
    const [one, two] = references.map((reference) => ({ cid: toCid(reference).toString(), from, bytes: 1 }));
    const { store } = both(await listing([one]), NOWHERE, await listing([one, two]));
    const letters = await store.lettersTo(OWNER);
    expect(letters.map(({ digest }) => digest)).toEqual(references.map(({ digest }) => digest).reverse());
    expect(letters[0]).toMatchObject({ from: expect.stringMatching(/^0x0b/i) as string, bytes: 1 });
  });

  it("of one store are not pushed back by however many another lists", async () => {
    const references = await Promise.all(Array.from({ length: 50 }, (_, byte) => referenceOf(Uint8Array.of(byte))));
    const lines = references.map((reference) => ({ cid: toCid(reference).toString(), from, bytes: 1 }));
    const { store } = both(await listing(lines.slice(0, 1)), await listing(lines.slice(1)));
    const newest = (await store.lettersTo(OWNER)).slice(-2);
    expect(newest.map(({ digest }) => digest)).toEqual([references[49]!.digest, references[0]!.digest]);
  });

  it("are not taken for none when no store answers, knows letters, or speaks plainly", async () => {
    const failing = async (...urls: string[]) => both(...urls).store.lettersTo(OWNER);
    await expect(failing(NOWHERE, NOWHERE)).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
    await expect(failing(first.url)).rejects.toMatchObject({ code: "STORE_WITHOUT_LETTERS" });
    for (const line of [7, { cid: "x", from, bytes: 1 }, { cid: "x", from: 3 }])
      await expect(failing(await listing([line]))).rejects.toMatchObject({ code: "STORE_REFUSED" });
  });
});

describe("several stores as one", () => {
  it("each get every file, under the same content id", async () => {
    const { store, told } = both();
    for (const size of [300, 2_500_000]) {
      const bytes = randomBytes(size);
      const reference = await store.put(bytes, OWN);
      expect(reference).toEqual(await referenceOf(bytes));
      for (const { url } of [first, second]) expect(await contentStore(url).get(reference, OWN)).toEqual(bytes);
    }
    expect(told()).toEqual([]);
    expect(storesOf(store).map(({ url }) => url)).toEqual([first.url, second.url]);
  });

  it("each give a file up, also when another does not answer, which is told then", async () => {
    const { store } = both();
    const [reference, other] = [await store.put(randomBytes(300), OWN), await store.put(randomBytes(300), OWN)];
    expect(await store.remove(reference, OWN)).toBe("removed");
    expect(await store.remove(reference, OWN)).toBe("absent");
    await expect(both(NOWHERE, first.url).store.remove(other, OWN)).rejects.toMatchObject({
      code: "STORE_UNREACHABLE",
    });
    expect(await contentStore(first.url).remove(other, OWN)).toBe("absent");
    expect(await contentStore(second.url).remove(other, OWN)).toBe("removed");
  });

  it("O19 read from the next one what the first has lost or damaged, and say which", async () => {
    const { store, told } = both();
    const [lost, damaged, large] = [randomBytes(300), randomBytes(400), randomBytes(3_000_000)];
    const onlySecond = await contentStore(second.url).put(lost, OWN);
    const inBoth = await store.put(damaged, OWN);
    await damage(join(root, "first"), damaged);
    const cut = await store.put(large, OWN);
    await damage(join(root, "first"), large.subarray(1 << 20, 2 << 20));
    expect(await store.getDocument(onlySecond.digest, OWN)).toEqual(lost);
    expect(await store.get(inBoth, OWN)).toEqual(damaged);
    expect(await store.get(cut, OWN)).toEqual(large);
    expect(told()).toEqual([
      ["get", first.url, "STORE_NOT_FOUND"],
      ["get", first.url, "STORE_DAMAGED"],
      ["get", first.url, "STORE_UNREACHABLE"],
    ]);
  });

  it("O08, O09, O10 never show what one of them made up, and take the right bytes of another", async () => {
    const other = await strangeStore((response) => response.end(randomBytes(300)));
    const endless = await strangeStore((response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    });
    const bytes = randomBytes(300);
    const reference = await contentStore(second.url).put(bytes, OWN);
    const { store, told } = both(other, endless, second.url);
    expect(await store.get(reference, OWN)).toEqual(bytes);
    expect(told()).toEqual([
      ["get", other, "STORE_WRONG_BYTES"],
      ["get", endless, "STORE_TOO_LARGE"],
    ]);
    await expect(both(other, endless).store.get(reference, OWN)).rejects.toMatchObject({ code: "STORE_WRONG_BYTES" });
  });

  it("O10 leave a store that sends a byte now and then, instead of waiting for its end", async () => {
    const bytes = randomBytes(300);
    const reference = await contentStore(second.url).put(bytes, OWN);
    const asked = Promise.withResolvers<ServerResponse>();
    const slow = await strangeStore((response) => {
      response.writeHead(200).write("x");
      asked.resolve(response);
    });
    const { store, told } = both(slow, second.url);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const began = Date.now();
    const reading = store.get(reference, OWN);
    const dripping = await asked.promise;
    let left = false;
    dripping.on("close", () => (left = true));
    while (!left && Date.now() - began < 120_000) {
      dripping.write("x");
      await vi.advanceTimersByTimeAsync(500);
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(Date.now() - began).toBeLessThan(30_000);
    vi.useRealTimers();
    expect(await reading).toEqual(bytes);
    expect(told()).toEqual([["get", slow, "STORE_UNREACHABLE"]]);
  });

  it("store what one of them can keep, tell what the other lacks, and do not wait for it each time", async () => {
    const { store, told } = both(NOWHERE, first.url);
    const asked = vi.spyOn(globalThis, "fetch");
    await Promise.all([store.put(randomBytes(10), OWN), store.put(randomBytes(20), OWN)]);
    const before = asked.mock.calls.length;
    const later = randomBytes(30);
    const reference = await store.put(later, OWN);
    expect(await store.get(reference, OWN)).toEqual(later);
    const silent = asked.mock.calls.slice(before).filter(([url]) => String(url).startsWith(NOWHERE));
    asked.mockRestore();
    expect(silent).toEqual([]);
    expect(told()).toEqual(Array(3).fill(["put", NOWHERE, "STORE_UNREACHABLE"]));
  });

  it("fail with the step and the origin of each, and call nothing lost that one of them may have", async () => {
    const reference = await referenceOf(randomBytes(10));
    const { store } = both(first.url, `${NOWHERE}/some/path`);
    await expect(store.get(reference, OWN)).rejects.toMatchObject({
      code: "STORE_UNREACHABLE",
      details: {
        step: "get",
        store: NOWHERE,
        stores: { [first.url]: "STORE_NOT_FOUND", [NOWHERE]: "STORE_UNREACHABLE" },
      },
    });
    const nobody = both(NOWHERE, "http://127.0.0.1:11").store;
    const failure: unknown = await nobody.put(randomBytes(10), OWN).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "STORE_UNREACHABLE", details: { step: "put", store: NOWHERE } });
    await expect(both().store.get(reference, OWN)).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
  });

  it("do not try a declined sign-in at the next one, also when that answers later", async () => {
    const declined = Promise.withResolvers<void>();
    const gated = (waits: Promise<void>) =>
      strangeStore((response) => {
        void waits.then(() => response.writeHead(200).end(JSON.stringify({ nonce: "0123456789abcdef" })));
      });
    const certify = vi.fn(() => {
      setImmediate(declined.resolve);
      return Promise.reject(new ChartkeyError("WALLET_REJECTED", "You declined."));
    });
    const slow = await gated(declined.promise);
    const store = contentStores([await gated(Promise.resolve()), slow], new StoreSession(certify));
    await expect(store.put(randomBytes(10), OWN)).rejects.toMatchObject({ code: "WALLET_REJECTED" });
    await expect(store.get(await referenceOf(randomBytes(10)), OWN)).rejects.toMatchObject({ code: "WALLET_REJECTED" });
    expect(certify).toHaveBeenCalledTimes(2);
  });

  it("O19 go on in the next one where the first breaks off in the middle of a file", async () => {
    const { store, told } = both();
    const bytes = randomBytes(3_500_000);
    const reference = await store.put(new Blob([bytes]), OWN);
    await damage(join(root, "first"), bytes.subarray(2 << 20, 3 << 20));
    const parts: Uint8Array[] = [];
    for await (const part of store.read(reference, OWN)) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    expect(told()).toEqual([["get", first.url, expect.stringMatching(/^STORE_/)]]);
  });
});

describe("the repair of a file", () => {
  it("O19 copies what a store lacks or has damaged from one that has it, and says so", async () => {
    const stores = storesOf(both().store);
    for (const size of [500, 3_000_000]) {
      const bytes = randomBytes(size);
      const reference = await contentStore(second.url).put(bytes, OWN);
      const state = async (options = {}) =>
        (await repairFile(stores, reference, OWN, options)).map(({ found, held }) => [found, held]);
      const whole = ["held", true];
      expect(await state({ checkOnly: true })).toEqual([["missing", false], whole]);
      expect(await state()).toEqual([["missing", true], whole]);
      await damage(join(root, "second"), size > 1 << 20 ? bytes.subarray(1 << 20, 2 << 20) : bytes);
      expect(await state()).toEqual([whole, ["damaged", true]]);
      expect(await state({ checkOnly: true })).toEqual([whole, whole]);
    }
  });

  it("O19 checks a file that is too large to be copied, and calls no store's copy of it damaged", async () => {
    const bytes = randomBytes(3_000_000);
    const reference = await contentStore(second.url).put(bytes, OWN);
    /** A store as it is when memory ends at 1 MB. */
    const small = (store: ContentStore): ContentStore => ({
      url: store.url,
      links: store.links,
      put: store.put.bind(store),
      get: async () => collect(store.read(reference, OWN, 1_000_000)),
      read: (...[file, scope, maxSize = 1_000_000]: Parameters<ContentStore["read"]>) =>
        store.read(file, scope, maxSize),
      getDocument: store.getDocument.bind(store),
      lettersTo: store.lettersTo.bind(store),
      receiptsOf: store.receiptsOf.bind(store),
      remove: store.remove.bind(store),
    });
    const stores = [first.url, second.url].map((url) => small(contentStore(url)));
    expect(await repairFile(stores, reference, OWN)).toMatchObject([
      { found: "missing", held: false, cause: { code: "STORE_TOO_LARGE" } },
      { found: "held", held: true },
    ]);
  });

  it("says what nobody has, and what a store that is down did not say", async () => {
    const stores = [first.url, NOWHERE].map((url) => contentStore(url));
    const bytes = randomBytes(50);
    const found = await repairFile(stores, await referenceOf(bytes), OWN);
    expect(found).toMatchObject([
      { store: first.url, found: "missing", held: false },
      { store: NOWHERE, found: "unknown", held: false, cause: { code: "STORE_UNREACHABLE" } },
    ]);
    const kept = await contentStore(first.url).put(bytes, OWN);
    expect(await repairFile(stores, kept, OWN)).toMatchObject([{ held: true }, { found: "unknown", held: false }]);
  });
});
