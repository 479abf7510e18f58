import { expect, it } from "vitest";
import { readCar } from "../src/car.ts";
import { openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };
const NOTES = { kind: "chart", owner: PATIENT, categories: 1 << 2 };

interface Asked {
  cid: string;
  request: string;
}

/** A file that a member signs for. */
async function signedFor(member: Member, cid: string, fields: Record<string, unknown> = CHART): Promise<Asked> {
  return { cid, request: (await member.headersFor(cid, fields))["x-chartkey-request"] };
}

function ask({ url, token }: Member, body: unknown): Promise<Response> {
  return fetch(`${url}/deliveries`, {
    ...{ method: "POST", body: JSON.stringify(body) },
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
}

/** The files of an answer: each was checked against its CID. */
async function filesIn(answer: Response): Promise<Map<string, Buffer>> {
  expect(answer.status).toBe(200);
  const files = new Map<string, Buffer>();
  await readCar(answer.body!, async ({ cid, bytes }) => void files.set(cid.toString(), Buffer.from(bytes)));
  return files;
}

it("hands out several files at once: those that the reader may have, signed for and receipted one by one", async () => {
  const rights = new TableRights();
  const { store } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  const bytes = Array.from({ length: 12 }, () => someBytes());
  const cids = await Promise.all(bytes.map((each) => patient!.put(each, CHART)));
  const note = await patient!.put(someBytes(), NOTES);
  const large = await patient!.put(someBytes(1_500_000), CHART);
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);

  const asked = await Promise.all(cids.map((cid) => signedFor(doctor!, cid)));
  const absent = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
  const others = [signedFor(doctor!, note, NOTES), signedFor(doctor!, large), signedFor(doctor!, absent)];
  const forged = { cid: cids[0]!, request: asked[1]!.request };
  const found = await filesIn(await ask(doctor!, [...asked, ...(await Promise.all(others)), forged]));
  expect([...found.keys()]).toEqual(cids);
  expect([...found.values()].every((each, place) => each.equals(bytes[place]!))).toBe(true);
  // A signature is good for one delivery.
  expect((await filesIn(await ask(doctor!, asked))).size).toBe(0);

  const headers = { authorization: `Bearer ${patient!.token}` };
  const receipts = await (await fetch(`${store.url}/receipts?patient=${PATIENT}`, { headers })).text();
  const signed = receipts.split("\n").filter((line) => line.startsWith('{"receipt":'));
  expect(signed).toHaveLength(12);
  rights.reading.clear();
  expect((await filesIn(await ask(doctor!, [await signedFor(doctor!, cids[0]!)]))).size).toBe(0);
});

it("refuses what is no list of files, too many, and whoever is not signed in", async () => {
  const { store } = await openStore({ gate: gateOf(new TableRights()) });
  const patient = await Member.signedIn(store.url, PATIENT);
  const cid = await patient.put(someBytes(), CHART);
  const one = await signedFor(patient, cid);
  for (const body of [{}, [], [{ cid }], [null], Array.from({ length: 65 }, () => one)])
    expect(codeOf(await ask(patient, body))).toBe("STORE_REQUEST_INVALID");
  const nobody = await Member.of(store.url, PATIENT);
  expect(codeOf(await ask(nobody, [one]))).toBe("STORE_UNAUTHORIZED");
});

it("counts several files as several requests of an account", async () => {
  const gate = gateOf(new TableRights(), { accountRate: { burst: 12, perSecond: 0.001 } });
  const { store } = await openStore({ gate });
  const patient = await Member.signedIn(store.url, PATIENT);
  const cid = await patient.put(someBytes(), CHART);
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => signedFor(patient, cid)));
  expect((await ask(patient, [first])).status).toBe(200);
  expect((await ask(patient, [second])).status).toBe(200);
  expect(codeOf(await ask(patient, [third]))).toBe("STORE_RATE_LIMITED");
});

it("asks the chain once for several files of one reader", async () => {
  const rights = new TableRights();
  const asked: string[] = [];
  const mayRead: TableRights["mayRead"] = async (patient, reader, categories) => {
    asked.push(reader);
    return rights.mayRead(patient, reader, categories);
  };
  const { store } = await openStore({ gate: gateOf({ ...rights, mayRead }, { freshForMs: 60_000 }) });
  const patient = await Member.signedIn(store.url, PATIENT);
  const cids = await Promise.all(Array.from({ length: 20 }, () => patient.put(someBytes(), CHART)));
  const files = await filesIn(await ask(patient, await Promise.all(cids.map((cid) => signedFor(patient, cid)))));
  expect([files.size, asked]).toEqual([20, [PATIENT]]);
});
