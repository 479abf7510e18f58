import { readdir } from "node:fs/promises";
import path from "node:path";
import { create } from "kubo-rpc-client";
import { describe, expect, it } from "vitest";
import { INTEROP, collect, openStore, someBytes } from "./support/fixture.ts";
import { kuboOf } from "./support/kubo.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

const RESULTS = 1 << 7;
const CHART = { kind: "chart", owner: PATIENT, categories: RESULTS };
const letter = (owner: string) => ({ kind: "letter", owner });

async function open() {
  const rights = new TableRights();
  rights.reading.set(`${PATIENT} ${DOCTOR}`, RESULTS);
  rights.writing.set(`${PATIENT} ${DOCTOR}`, RESULTS);
  const { store, dataDir } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor, stranger] = await Promise.all(
    [PATIENT, DOCTOR, STRANGER].map((account) => Member.signedIn(store.url, account)),
  );
  return { rights, store, dataDir, patient: patient!, doctor: doctor!, stranger: stranger! };
}

const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;
const pinsOf = async (answer: Promise<Response>): Promise<unknown> => (await answer).json();

async function blocksIn(dataDir: string): Promise<number> {
  if (INTEROP) return (await collect(create({ url: await kuboOf(dataDir) }).refs.local())).length;
  const names = await readdir(path.join(dataDir, "blocks"), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).length;
}

describe("removing a file", () => {
  it("is the patient's of his chart, whoever wrote it, and takes every block of it off the disk", async () => {
    const { patient, doctor, dataDir } = await open();
    const before = await blocksIn(dataDir); // A Kubo has blocks of its own.
    const kept = await patient.put(someBytes(), CHART);
    const cid = await doctor.put(someBytes(3_000_000), CHART);
    expect(await blocksIn(dataDir)).toBe(before + 5);
    expect(await pinsOf(patient.remove(cid, CHART))).toEqual({ Pins: [cid] });
    expect(await blocksIn(dataDir)).toBe(before + 1);
    for (const reader of [patient, doctor]) expect(codeOf(await reader.read(cid, CHART))).toBe("STORE_BLOCK_MISSING");
    expect(codeOf(await patient.remove(cid, CHART))).toBe("STORE_BLOCK_MISSING");
    expect(await statusOf(doctor.read(kept, CHART))).toBe(200);
  });

  it("is nobody else's: not a reader's, not the author's, not a stranger's", async () => {
    const { patient, doctor, stranger } = await open();
    const cid = await doctor.put(someBytes(), CHART);
    expect(codeOf(await stranger.remove(cid, CHART))).toBe("STORE_FORBIDDEN");
    expect(codeOf(await doctor.remove(cid, CHART))).toBe("STORE_FORBIDDEN");
    expect(await statusOf(patient.read(cid, CHART))).toBe(200);
  });

  it("is of a letter its owner's and its sender's, and of what is public nobody's", async () => {
    const { patient, doctor, stranger } = await open();
    const [first, second] = [
      await patient.put(someBytes(), letter(DOCTOR)),
      await patient.put(someBytes(), letter(DOCTOR)),
    ];
    expect(await statusOf(stranger.remove(first, letter(DOCTOR)))).toBe(403);
    expect(await statusOf(patient.remove(first, letter(DOCTOR)))).toBe(200);
    expect(await statusOf(doctor.remove(second, letter(DOCTOR)))).toBe(200);
    const shown = await doctor.put(someBytes(), { kind: "public" });
    for (const member of [patient, doctor])
      expect(await statusOf(member.remove(shown, { kind: "public" }))).not.toBe(200);
    expect(await statusOf(stranger.read(shown, { kind: "public" }))).toBe(200);
  });

  it("leaves what somebody else uploaded as his own, and says so", async () => {
    const { patient, stranger, dataDir } = await open();
    const before = await blocksIn(dataDir);
    const bytes = someBytes();
    const cid = await patient.put(bytes, CHART);
    await stranger.put(bytes, letter(STRANGER));
    expect(await pinsOf(patient.remove(cid, CHART))).toEqual({ Pins: [] });
    expect(await statusOf(patient.read(cid, CHART))).toBe(404);
    expect(await statusOf(stranger.read(cid, letter(STRANGER)))).toBe(200);
    expect(await blocksIn(dataDir)).toBe(before + 1);
  });

  it("needs a signature for a removal: one for a delivery is not enough, nor is a token", async () => {
    const { patient, store } = await open();
    const cid = await patient.put(someBytes(), CHART);
    const url = `${store.url}/api/v0/pin/rm?arg=${cid}`;
    const headers = await patient.headersFor(cid, CHART);
    for (const sent of [headers, { authorization: headers.authorization }])
      expect(codeOf(await fetch(url, { method: "POST", headers: sent }))).toBe("STORE_UNAUTHORIZED");
    const removal = await patient.headersFor(cid, CHART, {}, "removal");
    expect(codeOf(await fetch(`${store.url}/ipfs/${cid}?format=raw`, { headers: removal }))).toBe("STORE_UNAUTHORIZED");
    expect(await statusOf(patient.read(cid, CHART))).toBe(200);
  });

  it("outlives a restart, gives the room back, and leaves a receipt", async () => {
    const { patient, store, dataDir } = await open();
    const cid = await patient.put(someBytes(6_000), CHART);
    const answer = await patient.remove(cid, CHART);
    expect(answer.status).toBe(200);
    const headers = { authorization: `Bearer ${patient.token}` };
    const lines = await (await fetch(`${store.url}/receipts?patient=${PATIENT}`, { headers })).text();
    expect(lines).toContain('"act":"removal"');
    await store.close();
    const { store: again } = await openStore({ dataDir, gate: gateOf(new TableRights(), { quotaBytes: 6_000 }) });
    const returned = await Member.signedIn(again.url, PATIENT);
    expect(await statusOf(returned.read(cid, CHART))).toBe(404);
    await returned.put(someBytes(6_000), CHART);
  });

  it("leaves one receipt, as it was signed, of a file that belongs to several things", async () => {
    const { patient, doctor, store } = await open();
    const bytes = someBytes();
    const other = { ...CHART, categories: RESULTS | (1 << 5) };
    const cid = await doctor.put(bytes, CHART);
    await patient.put(bytes, other);
    await patient.put(bytes, CHART);
    expect(await pinsOf(patient.remove(cid, other))).toEqual({ Pins: [cid] });
    const headers = { authorization: `Bearer ${patient.token}` };
    const lines = (await (await fetch(`${store.url}/receipts?patient=${PATIENT}`, { headers })).text()).split("\n");
    const receipts = lines.filter((line) => line.includes('"receipt"')).map((line) => JSON.parse(line) as unknown);
    expect(receipts).toMatchObject([{ receipt: { act: "removal", owner: PATIENT, categories: other.categories } }]);
    for (const fields of [CHART, other]) expect(await statusOf(patient.read(cid, fields))).toBe(404);
  });

  it("leaves a receipt of each thing that a file was to another owner", async () => {
    const { patient, doctor, store } = await open();
    const bytes = someBytes();
    const cid = await patient.put(bytes, CHART);
    await patient.put(bytes, letter(DOCTOR));
    expect(await pinsOf(patient.remove(cid, CHART))).toEqual({ Pins: [cid] });
    for (const { token, account } of [patient, doctor]) {
      const headers = { authorization: `Bearer ${token}` };
      const lines = await (await fetch(`${store.url}/receipts?patient=${account}`, { headers })).text();
      expect(lines.split('"act":"removal"')).toHaveLength(2);
    }
  });

  it("does not take away what is uploaded at the same moment", async () => {
    const { patient, doctor } = await open();
    for (let round = 0; round < 20; round++) {
      const bytes = someBytes();
      const cid = await patient.put(bytes, CHART);
      await Promise.all([patient.remove(cid, CHART), doctor.put(bytes, letter(DOCTOR))]);
      expect(await statusOf(doctor.read(cid, letter(DOCTOR)))).toBe(200);
    }
  });
});

describe("a reader who is named", () => {
  it("is named until the second that the uploader said, and others are not", async () => {
    const { patient, stranger } = await open();
    const until = Math.floor(Date.now() / 1000) + 3;
    const cid = await patient.put(someBytes(), { ...CHART, to: STRANGER, until });
    expect(await statusOf(stranger.read(cid, CHART))).toBe(200);
    await expect.poll(() => statusOf(stranger.read(cid, CHART)), { timeout: 30_000, interval: 200 }).toBe(403);
    expect(Date.now()).toBeGreaterThanOrEqual(until * 1000);
    expect(await statusOf(patient.read(cid, CHART))).toBe(200);
    const gone = await patient.add(someBytes(), { ...CHART, until });
    expect(codeOf(gone)).toBe("STORE_REQUEST_INVALID");
  });
});
