import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStore } from "@chartkey/store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { randomBytes } from "../../src/bytes.ts";
import { referenceOf, toCid } from "../../src/storage/cid.ts";
import { contentStore } from "../../src/storage/content-store.ts";
import { letterTo } from "../../src/storage/scope.ts";
import { damage } from "./disk.ts";

const OWN = letterTo("0x00000000000000000000000000000000000000aa");

let dataDir: string;
let running: Awaited<ReturnType<typeof startStore>>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-sdk-store-"));
  running = await startStore({ dataDir, port: 0 });
});
afterAll(async () => {
  await running.close();
  await rm(dataDir, { recursive: true, force: true });
});

const code = (expected: string) => expect.objectContaining({ code: expected });

/** A store that answers every read with the same bytes, or never stops. */
async function lyingStore(
  answer: Uint8Array | "endless" | "redirect",
  test: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer((_request, response) => {
    if (answer === "redirect") return response.writeHead(302, { location: "/elsewhere" }).end();
    response.writeHead(200);
    if (answer !== "endless") return response.end(answer);
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    };
    response.on("drain", more);
    more();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    await test(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("content store client", () => {
  it("gives back files of one block and of several, by references computed here", async () => {
    const store = contentStore(running.url);
    for (const size of [0, 5000, 1 << 20, (1 << 20) + 1, 3_500_000]) {
      const bytes = randomBytes(size);
      const reference = await store.put(bytes, OWN);
      expect(reference).toEqual(await referenceOf(bytes));
      expect(reference.codec).toBe(size > 1 << 20 ? 1 : 0);
      expect(await store.get(reference, OWN)).toEqual(bytes);
    }
  });

  it("O08, O09 shows nothing of other bytes than were asked for", async () => {
    const [one, several] = await Promise.all([referenceOf(randomBytes(10)), referenceOf(randomBytes(2_000_000))]);
    await lyingStore(randomBytes(10), async (url) => {
      await expect(contentStore(url).get(one, OWN)).rejects.toEqual(code("STORE_WRONG_BYTES"));
      await expect(contentStore(url).get(several, OWN)).rejects.toEqual(code("STORE_WRONG_BYTES"));
    });
  });

  it("O10 stops at the size a document may have, and follows no redirect", async () => {
    const reference = await referenceOf(randomBytes(10));
    await lyingStore("endless", (url) =>
      expect(contentStore(url).get(reference, OWN)).rejects.toEqual(code("STORE_TOO_LARGE")),
    );
    await lyingStore("redirect", (url) =>
      expect(contentStore(url).get(reference, OWN)).rejects.toEqual(code("STORE_UNREACHABLE")),
    );
  });

  it("tells a file that was damaged on the store's disk, each time that it is asked for", async () => {
    const store = contentStore(running.url);
    const bytes = randomBytes(1234);
    const reference = await store.put(bytes, OWN);
    const asked = vi.spyOn(globalThis, "fetch");
    expect(await store.get(reference, OWN)).toEqual(bytes);
    await damage(dataDir, bytes);
    await expect(store.get(reference, OWN)).rejects.toEqual(code("STORE_DAMAGED"));
    // A browser would give the copy that it kept of the first answer.
    expect(asked.mock.calls.map(([, options]) => options?.cache)).toEqual(["no-store", "no-store"]);
    asked.mockRestore();
  });

  it("gives a file up, and says when there is none", async () => {
    const store = contentStore(running.url);
    const reference = await store.put(randomBytes(100), OWN);
    expect(await store.remove(reference, OWN)).toBe("removed");
    expect(await store.remove(reference, OWN)).toBe("absent");
    await expect(contentStore("http://127.0.0.1:9").remove(reference, OWN)).rejects.toEqual(code("STORE_UNREACHABLE"));
  });

  it("tells a missing file from a store that is down", async () => {
    const reference = await referenceOf(randomBytes(10));
    await expect(contentStore(running.url).get(reference, OWN)).rejects.toEqual(code("STORE_NOT_FOUND"));
    const nobody = contentStore("http://127.0.0.1:9");
    await expect(nobody.get(reference, OWN)).rejects.toEqual(code("STORE_UNREACHABLE"));
    await expect(nobody.put(randomBytes(10), OWN)).rejects.toEqual(code("STORE_UNREACHABLE"));
    expect(toCid(reference).toString()).toMatch(/^bafkrei/);
  });
});
