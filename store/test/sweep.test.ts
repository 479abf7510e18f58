import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { blockFile, openStore, someBytes } from "./support/fixture.ts";
import { Member, PATIENT, TableRights, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };
const QUICK = { pendingForMs: 300, sweepEveryMs: 50 };
const WAIT = { timeout: 30_000, interval: 20 };

const digestOf = (bytes: Buffer): string => `0x${createHash("sha256").update(bytes).digest("hex")}`;

async function open(rights: TableRights, options: object, dataDir?: string) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const where = dataDir === undefined ? {} : { dataDir };
  const { store, ...rest } = await openStore({ gate: gateOf(rights, options), log, ...where });
  const patient = await Member.signedIn(store.url, PATIENT);
  const kept = (bytes: Buffer) => readFile(blockFile(rest.dataDir, bytes)).then(Boolean, () => false);
  return { store, patient, lines, kept, ...rest };
}

describe("what was stored and never anchored", () => {
  it("O18 is swept after its time, and what the chain names stays for good", async () => {
    const rights = new TableRights();
    const { patient, kept, store, dataDir } = await open(rights, QUICK);
    const [orphan, anchored, letter] = [someBytes(500), someBytes(500), someBytes(500)];
    rights.anchored.add(digestOf(anchored));
    // First, so that whoever asks for the other asks for this one as well.
    const named = await patient.put(anchored, CHART);
    const lost = await patient.put(orphan, CHART);
    await patient.put(letter, { kind: "letter", owner: PATIENT });
    await vi.waitFor(async () => expect(await kept(orphan)).toBe(false), WAIT);
    expect([await kept(anchored), await kept(letter)]).toEqual([true, true]);
    expect((await patient.read(lost, CHART)).status).toBe(404);
    expect((await patient.read(named, CHART)).status).toBe(200);
    // Once seen on the chain, it is not asked for again, not even after a restart.
    rights.anchored.clear();
    await store.close();
    const again = await open(rights, QUICK, dataDir);
    const second = someBytes(500);
    await again.patient.put(second, CHART);
    await vi.waitFor(async () => expect(await again.kept(second)).toBe(false), WAIT);
    expect(await again.kept(anchored)).toBe(true);
  });

  it("O18 stays while the chain is silent", async () => {
    const rights = new TableRights();
    const { patient, kept, lines } = await open(rights, QUICK);
    const bytes = someBytes(500);
    await patient.put(bytes, CHART);
    rights.down = true;
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(3), WAIT);
    expect(await kept(bytes)).toBe(true);
    rights.down = false;
    await vi.waitFor(async () => expect(await kept(bytes)).toBe(false), WAIT);
  });

  it("O18 begins to wait anew when it is stored again, also while it is being swept", async () => {
    const rights = new TableRights();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const named = rights.named;
    rights.named = async (patient, files) => {
      asked.resolve();
      await answer.promise;
      return named(patient, files);
    };
    const { patient, kept, lines } = await open(rights, { ...QUICK, pendingForMs: 2_000 });
    const [again, orphan] = [someBytes(500), someBytes(500)];
    await Promise.all([patient.put(orphan, CHART), patient.put(again, CHART)]);
    await asked.promise;
    const cid = await patient.put(again, CHART);
    answer.resolve();
    await vi.waitFor(() => expect(lines.some((line) => line.startsWith("swept 1 "))).toBe(true), WAIT);
    expect([await kept(again), await kept(orphan)]).toEqual([true, false]);
    expect((await patient.read(cid, CHART)).status).toBe(200);
  });

  it("gives its room back to who stored it", async () => {
    const { patient, dataDir } = await open(new TableRights(), { ...QUICK, quotaBytes: 1000 });
    await patient.put(someBytes(900), CHART);
    expect((await patient.add(someBytes(900), CHART)).status).toBe(413);
    await vi.waitFor(async () => expect((await patient.add(someBytes(900), CHART)).status).toBe(200), WAIT);
    expect(await readFile(path.join(dataDir, "scopes.log"), "utf8")).toContain(PATIENT);
  });
});
