import { create } from "kubo-rpc-client";
import { describe, expect, it } from "vitest";
import {
  PROFILE,
  collect,
  collectBytes,
  openStore,
  plainRequest,
  someBytes,
  temporaryDirectory,
} from "../support/fixture.ts";
import { endKubo, kuboOf } from "../support/kubo.ts";

/** What a store with its blocks in a Kubo owes to that Kubo, besides all that it does without one. */
describe("a Kubo behind a store", () => {
  it("has every file under the content id that it would give it itself", async () => {
    const { client, dataDir } = await openStore();
    const kubo = create({ url: await kuboOf(dataDir) });
    const content = someBytes(2_500_000);
    const { cid } = await client.add(content, PROFILE);
    expect(await collectBytes(kubo.cat(cid))).toEqual(content);
    expect((await kubo.add(content, { ...PROFILE, onlyHash: true })).cid.toString()).toBe(cid.toString());
  });

  it("keeps what is not ours, pinned or not, through our garbage collection; and ours through its own", async () => {
    const { client, dataDir } = await openStore();
    const kubo = create({ url: await kuboOf(dataDir) });
    const theirs = (await kubo.add(someBytes(3000), PROFILE)).cid;
    const loose = await kubo.block.put(someBytes(100), { pin: false });
    const ours = (await client.add(someBytes(2_500_000), PROFILE)).cid;
    const doomed = (await client.add(someBytes(500), PROFILE)).cid;
    await client.pin.rm(doomed);
    expect((await collect(client.repo.gc())).map((line) => line.cid?.toString())).toEqual([doomed.toString()]);
    for (const cid of [theirs, loose]) expect((await kubo.block.get(cid)).length).toBeGreaterThan(0);
    await expect(client.block.get(theirs)).rejects.toThrow(/could not find/);
    await collect(kubo.repo.gc());
    expect(await collectBytes(client.cat(ours))).toHaveLength(2_500_000);
  });

  it("may be away: the store says so, acknowledges nothing, and goes on when it is back", async () => {
    const dataDir = await temporaryDirectory();
    const first = await openStore({ dataDir });
    const content = someBytes(1000);
    const { cid } = await first.client.add(content, PROFILE);
    await endKubo(dataDir);
    const away = await plainRequest(`${first.store.url}/ipfs/${cid.toString()}?format=raw`);
    expect([away.status, away.headers["x-store-error"]]).toEqual([503, "STORE_KUBO_FAILED"]);
    await expect(first.client.add(someBytes(10), PROFILE)).rejects.toThrow(/Kubo behind this store failed/);
    await first.store.close();
    const second = await openStore({ dataDir });
    expect(await collectBytes(second.client.cat(cid))).toEqual(content);
  });
});
