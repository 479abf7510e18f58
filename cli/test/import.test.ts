import { ChartkeyError, type ContentStore, type UnlockedSession, readLedger } from "@chartkey/sdk";
import { readBundle } from "@chartkey/sdk/records";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { importIntoChart } from "../src/import-chart.ts";
import { type TestStack, openStack } from "./support.ts";

let stack: TestStack;
let patient: UnlockedSession;

beforeAll(async () => {
  stack = await openStack();
  patient = await unlockedActor(stack, 3);
});

afterAll(() => stack?.close());

/** A store that dies after some uploads. */
function dyingStore(store: ContentStore, uploads: number): ContentStore {
  let left = uploads;
  return {
    url: store.url,
    links: store.links,
    put: (bytes, scope) => {
      if (left-- > 0) return store.put(bytes, scope);
      return Promise.reject(new ChartkeyError("STORE_UNREACHABLE", "The content store does not answer."));
    },
    get: (reference, scope) => store.get(reference, scope),
    read: (reference, scope, maxSize) => store.read(reference, scope, maxSize),
    getDocument: (digest, scope) => store.getDocument(digest, scope),
    lettersTo: (owner, from) => store.lettersTo(owner, from),
    receiptsOf: (owner, from) => store.receiptsOf(owner, from),
    remove: (reference, scope) => store.remove(reference, scope),
  };
}

it("goes on where a dead store left it, and anchors nothing twice", async () => {
  const { address } = patient.wallet.account;
  const resources = Array.from({ length: 1003 }, (_, index) =>
    JSON.stringify({ resourceType: "Basic", id: `r${index}`, code: { text: "Entry" } }),
  );
  const { items } = await readBundle(new TextEncoder().encode(resources.join("\n")), "many.ndjson");
  expect(items).toHaveLength(1003);
  const dying = { ...patient, store: dyingStore(patient.store, 1003) };
  const error = await importIntoChart(dying, address, items).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "STORE_UNREACHABLE", details: { anchored: 1000, total: 1003 } });
  expect((error as Error).message).toContain("1000 of 1003 resources were anchored and stay");
  expect(await importIntoChart(patient, address, items)).toEqual({ accepted: 3, unchanged: 1000 });
  expect((await readLedger(patient.chain, address)).entries.map(({ batch }) => batch?.count)).toEqual([1000, 3]);
});
