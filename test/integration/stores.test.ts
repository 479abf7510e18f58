import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Session,
  type StoreFault,
  appAt,
  categoryFile,
  contentStore,
  contentStores,
  randomBytes,
  storeSession,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Two stores, each with a gate of its own, behind one client. */

let dataDir: string;
let stack: Stack;
let patient: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-two-stores-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  patient = await actor(stack, 3);
}, 240_000);

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("two stores with gates", () => {
  it("cost one signature of the wallet in all, and both have what was written", async () => {
    const { chain, wallet } = patient;
    const signMessage = vi.fn(wallet.signMessage);
    const session = storeSession(chain, { account: wallet.account, signMessage }, appAt(stack.storeUrls[0]));
    const faults: StoreFault[] = [];
    const store = contentStores(stack.storeUrls, session, (fault) => faults.push(fault));
    const own = categoryFile(wallet.account.address, 7);
    const files = await Promise.all(
      [100, 1_500_000].map(async (size) => {
        const bytes = randomBytes(size);
        return { bytes, reference: await store.put(bytes, own) };
      }),
    );
    for (const { bytes, reference } of files) {
      expect(await store.get(reference, own)).toEqual(bytes);
      for (const url of stack.storeUrls) expect(await contentStore(url, session).get(reference, own)).toEqual(bytes);
    }
    expect(signMessage).toHaveBeenCalledTimes(1);
    expect(faults).toEqual([]);
    await session.end();
  });
});
