import { expect, it, vi } from "vitest";
import { isKept, openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

/** What a hospital stages for whoever claims an invitation. */

const CLAIM_KEY = "0x00000000000000000000000000000000000000c7";
const VOUCHER = "eyJob3NwaXRhbCI6MX0";
const staged = { kind: "staged", owner: CLAIM_KEY };
const upload = { ...staged, voucher: VOUCHER };
const WAIT = { timeout: 60_000, interval: 20 };

async function open(options: object = {}) {
  const rights = new TableRights();
  rights.invitations.set(`${CLAIM_KEY} ${VOUCHER}`, [DOCTOR]);
  const lines: string[] = [];
  const gate = gateOf(rights, options);
  const { store, dataDir } = await openStore({ gate, log: (line) => void lines.push(line) });
  const [doctor, claimer, stranger] = await Promise.all(
    [DOCTOR, CLAIM_KEY, STRANGER].map((account) => Member.signedIn(store.url, account)),
  );
  const kept = (bytes: Buffer) => isKept(dataDir, bytes);
  return { rights, lines, gate, store, dataDir, kept, doctor: doctor!, claimer: claimer!, stranger: stranger! };
}

it("hands what is staged to the claim key and to who staged it, and to nobody else", async () => {
  const { doctor, claimer, stranger, store } = await open();
  const cid = await doctor.put(someBytes(500), upload);
  const patient = await Member.signedIn(store.url, PATIENT);
  for (const member of [claimer, doctor]) expect((await member.read(cid, staged)).status).toBe(200);
  for (const member of [stranger, patient]) expect(codeOf(await member.read(cid, staged))).toBe("STORE_FORBIDDEN");
  expect(codeOf(await claimer.read(cid, { kind: "letter", owner: CLAIM_KEY }))).toBe("STORE_BLOCK_MISSING");
});

it("takes only what the chain lets its uploader stage, for a voucher that is told", async () => {
  const { rights, doctor, stranger } = await open();
  expect(codeOf(await stranger.add(someBytes(), upload))).toBe("STORE_FORBIDDEN");
  expect(codeOf(await doctor.add(someBytes(), { ...upload, voucher: "b3RoZXI" }))).toBe("STORE_FORBIDDEN");
  expect(codeOf(await doctor.add(someBytes(), staged))).toBe("STORE_REQUEST_INVALID");
  expect(codeOf(await doctor.add(someBytes(), { ...upload, voucher: "not base64url" }))).toBe("STORE_REQUEST_INVALID");
  expect(codeOf(await doctor.add(someBytes(), { ...upload, voucher: "x".repeat(1025) }))).toBe("STORE_REQUEST_INVALID");
  rights.down = true;
  expect(codeOf(await doctor.add(someBytes(), upload))).toBe("STORE_CHAIN_UNREACHABLE");
});

it("counts it in the quota of who staged it, and gives the room back when it is given up", async () => {
  const { doctor, claimer } = await open({ quotaBytes: 1000 });
  const cid = await doctor.put(someBytes(900), upload);
  expect((await doctor.add(someBytes(900), upload)).status).toBe(413);
  expect((await claimer.remove(cid, staged)).status).toBe(200);
  expect((await doctor.add(someBytes(900), upload)).status).toBe(200);
});

it("lets the claim key and who staged it give it up, and nobody else", async () => {
  const { doctor, claimer, stranger, kept } = await open();
  const [one, other] = [someBytes(500), someBytes(500)];
  const [first, second] = [await doctor.put(one, upload), await doctor.put(other, upload)];
  expect(codeOf(await stranger.remove(first, staged))).toBe("STORE_FORBIDDEN");
  expect((await claimer.remove(first, staged)).status).toBe(200);
  expect((await doctor.remove(second, staged)).status).toBe(200);
  expect([await kept(one), await kept(other)]).toEqual([false, false]);
});

it("O18 keeps it as long as its invitation, also after a restart, and sweeps it then", async () => {
  const { rights, doctor, kept, lines, store, dataDir, gate } = await open({ pendingForMs: 50, sweepEveryMs: 50 });
  const [mine, orphan] = [someBytes(500), someBytes(500)];
  await doctor.put(mine, upload);
  const chart = { kind: "chart", owner: DOCTOR, categories: 1 << 7 };
  await doctor.put(orphan, chart);
  // Whoever sweeps the orphan has looked at what is staged as well.
  await vi.waitFor(async () => expect(await kept(orphan)).toBe(false), WAIT);
  expect(await kept(mine)).toBe(true);
  rights.down = true;
  await vi.waitFor(() => expect(lines.some((line) => line.includes("what was staged for it stays"))).toBe(true), WAIT);
  expect(await kept(mine)).toBe(true);
  rights.down = false;
  await store.close();
  const { store: again } = await openStore({ dataDir, gate });
  const claimer = await Member.signedIn(again.url, CLAIM_KEY);
  const cid = await (await Member.signedIn(again.url, DOCTOR)).put(mine, upload);
  expect((await claimer.read(cid, staged)).status).toBe(200);
  rights.invitations.clear();
  await vi.waitFor(async () => expect(await kept(mine)).toBe(false), WAIT);
  expect((await claimer.read(cid, staged)).status).toBe(404);
});
