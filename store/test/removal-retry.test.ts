import { unlink, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { blockFile, openStore, someBytes } from "./support/fixture.ts";
import { Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };
const OTHERS = { kind: "chart", owner: STRANGER, categories: 1 << 7 };

it("a removal that failed can be asked for again: until its bytes are gone, it is known whose the file is", async () => {
  const { store, dataDir } = await openStore({ gate: gateOf(new TableRights()) });
  const [patient, stranger] = await Promise.all([PATIENT, STRANGER].map((one) => Member.signedIn(store.url, one)));
  const bytes = someBytes();
  const cid = await patient!.put(bytes, CHART);
  const other = someBytes(2_500_000);
  const damaged = await stranger!.put(other, OTHERS);
  // A file of somebody else whose list of blocks cannot be read: nobody knows what it needs, so nothing is taken away.
  const answer = await stranger!.read(damaged, OTHERS);
  const root = blockFile(dataDir, Buffer.from(await answer.arrayBuffer()));
  await writeFile(root, "damaged");
  expect(codeOf(await patient!.remove(cid, CHART))).toBe("STORE_BLOCK_CORRUPT");
  expect((await patient!.read(cid, CHART)).status).toBe(200);
  await unlink(root);
  expect(await stranger!.put(other, OTHERS)).toBe(damaged);
  expect(await (await patient!.remove(cid, CHART)).json()).toEqual({ Pins: [cid] });
  expect(codeOf(await patient!.read(cid, CHART))).toBe("STORE_BLOCK_MISSING");
});
