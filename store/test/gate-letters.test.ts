import { expect, it } from "vitest";
import { startStore } from "../src/index.ts";
import { openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

/** Letters are listed for whoever receives them, while they are there. */

const HOSPITAL = "0x00000000000000000000000000000000000000c1";
const letter = (owner: string) => ({ kind: "letter", owner });

/** A hospital whose admin is the doctor. */
class HospitalRights extends TableRights {
  override mayReceive = async (owner: string, reader: string) =>
    owner === reader || (owner === HOSPITAL && reader === DOCTOR);
}

async function open() {
  const rights = new HospitalRights();
  const gate = gateOf(rights);
  const { store, dataDir } = await openStore({ gate });
  const [patient, doctor, stranger] = await Promise.all(
    [PATIENT, DOCTOR, STRANGER].map((account) => Member.signedIn(store.url, account)),
  );
  return { store, dataDir, gate, patient: patient!, doctor: doctor!, stranger: stranger! };
}

function ask(member: Member, query: Record<string, string>): Promise<Response> {
  const headers = { authorization: `Bearer ${member.token}` };
  return fetch(`${member.url}/letters?${new URLSearchParams(query)}`, { headers });
}

async function listed(member: Member, query: Record<string, string>): Promise<unknown[]> {
  const lines = (await (await ask(member, query)).text()).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as unknown);
}

it("lists the letters of an account or hospital, oldest first, to whoever receives them and nobody else", async () => {
  const { patient, doctor, stranger } = await open();
  const first = await patient.put(someBytes(100), letter(HOSPITAL));
  const second = await stranger.put(someBytes(200), letter(HOSPITAL));
  await patient.put(someBytes(300), letter(PATIENT));
  await patient.put(someBytes(300), { kind: "chart", owner: PATIENT, categories: 1 << 7 });
  expect(await listed(doctor, { owner: HOSPITAL })).toEqual([
    { cid: first, from: PATIENT, bytes: 100 },
    { cid: second, from: STRANGER, bytes: 200 },
  ]);
  expect(await listed(doctor, { owner: HOSPITAL, from: STRANGER })).toHaveLength(1);
  expect(await listed(doctor, { owner: DOCTOR })).toEqual([]);
  for (const member of [patient, stranger])
    expect(codeOf(await ask(member, { owner: HOSPITAL }))).toBe("STORE_FORBIDDEN");
  expect(codeOf(await ask(doctor, { owner: PATIENT }))).toBe("STORE_FORBIDDEN");
  expect(codeOf(await fetch(`${doctor.url}/letters?owner=${HOSPITAL}`))).toBe("STORE_UNAUTHORIZED");
});

it("lists no letter that was taken back, for any of its readers, also after a restart", async () => {
  const { store, dataDir, gate, patient, doctor, stranger } = await open();
  const bytes = someBytes(100);
  const cid = await patient.put(bytes, letter(HOSPITAL));
  await patient.put(bytes, letter(STRANGER));
  const same = someBytes(100);
  const shared = await patient.put(same, letter(HOSPITAL));
  await stranger.put(same, letter(HOSPITAL));
  for (const gone of [cid, shared]) expect((await patient.remove(gone, letter(PATIENT))).status).toBe(200);
  expect(await listed(stranger, { owner: STRANGER })).toEqual([]);
  expect(await listed(doctor, { owner: HOSPITAL })).toEqual([{ cid: shared, from: STRANGER, bytes: 100 }]);
  await store.close();
  const again = await startStore({ dataDir, port: 0, gate });
  const back = await Member.signedIn(again.url, DOCTOR);
  expect(await listed(back, { owner: HOSPITAL })).toHaveLength(1);
  await again.close();
});
