import { expect, it } from "vitest";
import { PROFILE, collect, collectBytes, openStore, someBytes } from "./support/fixture.ts";

const SMALL_CHUNKS = { ...PROFILE, chunker: "size-1000" };

it("never removes what an upload running at the same time writes", async () => {
  const { client } = await openStore();
  let done = false;
  const collecting = (async () => {
    while (!done) await collect(client.repo.gc());
  })();
  const contents = Array.from({ length: 40 }, () => someBytes(6000));
  const added = await Promise.all(contents.map((content) => client.add(content, SMALL_CHUNKS)));
  done = true;
  await collecting;
  await collect(client.repo.gc());
  for (const [index, { cid }] of added.entries()) {
    expect((await collectBytes(client.cat(cid))).equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
  }
});

it("keeps garbage that is stored or pinned again during a collection", async () => {
  const { client } = await openStore();
  const contents = Array.from({ length: 60 }, () => someBytes(1500));
  const loose = [];
  for (const content of contents) loose.push((await client.add(content, { ...SMALL_CHUNKS, pin: false })).cid);
  const collecting = collect(client.repo.gc());
  const rescued = await Promise.allSettled(
    loose.map((cid, index) => (index % 2 ? client.pin.add(cid) : client.add(contents[index] ?? "", SMALL_CHUNKS))),
  );
  await collecting;
  await collect(client.repo.gc());
  for (const [index, outcome] of rescued.entries()) {
    // A pin may come too late and say so; whatever was answered must be there.
    if (outcome.status === "rejected") expect(index % 2).toBe(1);
    else
      expect((await collectBytes(client.cat(loose[index] ?? ""))).equals(contents[index] ?? Buffer.alloc(0))).toBe(
        true,
      );
  }
});

it("holds the blocks of a slow upload although nothing pins them yet", async () => {
  const { client } = await openStore();
  const parts = Array.from({ length: 5 }, () => someBytes(1000));
  async function* slowly(): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      yield part;
      await collect(client.repo.gc());
    }
  }
  const { cid } = await client.add(slowly(), SMALL_CHUNKS);
  expect((await collectBytes(client.cat(cid))).equals(Buffer.concat(parts))).toBe(true);
});
