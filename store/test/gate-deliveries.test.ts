import { expect, it } from "vitest";
import { readCar } from "../src/car.ts";
import type { Receipt, ReceiptLine } from "../src/gate/receipts.ts";
import { openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };
const NOTES = { kind: "chart", owner: PATIENT, categories: 1 << 2 };

const ABSENT = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

function post({ url, token }: Member, body: unknown): Promise<Response> {
  return fetch(`${url}/deliveries`, {
    ...{ method: "POST", body: JSON.stringify(body) },
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
}

/** Asks for files by one signature. */
async function ask(
  member: Member,
  cids: readonly string[],
  fields: Record<string, unknown> = CHART,
): Promise<Response> {
  return post(member, { request: await member.requestFor(cids, fields) });
}

async function receiptsOf({ url, token }: Member): Promise<Receipt[]> {
  const answer = await fetch(`${url}/receipts?patient=${PATIENT}`, { headers: { authorization: `Bearer ${token}` } });
  const lines = (await answer.text()).split("\n").filter(Boolean);
  return lines.flatMap((line) => {
    const told = JSON.parse(line) as ReceiptLine;
    return "receipt" in told ? [told.receipt] : [];
  });
}

/** The files of an answer: each was checked against its CID. */
async function filesIn(answer: Response): Promise<Map<string, Buffer>> {
  expect(answer.status).toBe(200);
  const files = new Map<string, Buffer>();
  await readCar(answer.body!, async ({ cid, bytes }) => void files.set(cid.toString(), Buffer.from(bytes)));
  return files;
}

it("hands out several files by one signature: those that the reader may have, which its receipt names", async () => {
  const rights = new TableRights();
  const { store } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  const bytes = Array.from({ length: 12 }, () => someBytes());
  const cids = await Promise.all(bytes.map((each) => patient!.put(each, CHART)));
  const note = await patient!.put(someBytes(), NOTES);
  const large = await patient!.put(someBytes(1_500_000), CHART);
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);

  const asked = [note, ...cids, large, ABSENT];
  const found = await filesIn(await ask(doctor!, asked));
  expect([...found.keys()]).toEqual(cids);
  expect([...found.values()].every((each, place) => each.equals(bytes[place]!))).toBe(true);

  const [receipt, ...others] = await receiptsOf(patient!);
  expect(others).toEqual([]);
  expect(receipt).toMatchObject({ act: "delivery", reader: DOCTOR, owner: PATIENT, categories: 1 << 7 });
  expect(receipt!.files!.map((place) => asked[place])).toEqual(cids);
  expect(JSON.parse(Buffer.from(receipt!.request, "base64url").toString())).toMatchObject({ v: 2, cids: asked });
  rights.reading.clear();
  expect((await filesIn(await ask(doctor!, cids.slice(0, 1)))).size).toBe(0);
  expect(await receiptsOf(patient!)).toHaveLength(1);
});

it("hands out those alone that have the categories that were signed", async () => {
  const { store } = await openStore({ gate: gateOf(new TableRights()) });
  const patient = await Member.signedIn(store.url, PATIENT);
  const [result, note, other] = [
    await patient.put(someBytes(), CHART),
    await patient.put(someBytes(), NOTES),
    await patient.put(someBytes(), CHART),
  ];
  expect([...(await filesIn(await ask(patient, [result, note, other]))).keys()]).toEqual([result, other]);
  const receipts = await receiptsOf(patient);
  expect(receipts.map(({ categories, files }) => ({ categories, files }))).toEqual([
    { categories: 1 << 7, files: [0, 2] },
  ]);
});

it("leaves out what belongs to another than the owner that the signature names", async () => {
  const rights = new TableRights();
  const { store } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);
  const [his, own, letter] = [
    await patient!.put(someBytes(), CHART),
    await doctor!.put(someBytes(), { ...CHART, owner: DOCTOR }),
    await doctor!.put(someBytes(), { kind: "letter", owner: DOCTOR }),
  ];
  expect([...(await filesIn(await ask(doctor!, [own, letter, his]))).keys()]).toEqual([his]);
  expect((await receiptsOf(patient!)).map(({ files }) => files)).toEqual([[2]]);
});

it("takes a signature once, from whom the session is, for this store, now, and for its act alone", async () => {
  const { store } = await openStore({ gate: gateOf(new TableRights()) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  const cid = await patient!.put(someBytes(), CHART);
  const request = await patient!.requestFor([cid], CHART);
  expect((await filesIn(await post(patient!, { request }))).size).toBe(1);
  const alone = (await patient!.headersFor(cid, CHART))["x-chartkey-request"];
  const removal = (await patient!.headersFor(cid, CHART, { v: 2, cids: [cid] }, "removal"))["x-chartkey-request"];
  const [text, signature] = (await patient!.requestFor([cid], CHART)).split(".");
  const altered = Buffer.from(text!, "base64url").toString().replace(cid, ABSENT);
  const forged = [
    request,
    await doctor!.requestFor([cid], CHART),
    await patient!.requestFor([cid], { ...CHART, store: "http://127.0.0.1:1" }),
    await patient!.requestFor([cid], { ...CHART, time: Math.floor(Date.now() / 1000) - 600 }),
    `${Buffer.from(altered).toString("base64url")}.${signature}`,
    alone,
    removal,
    await patient!.requestFor([cid], { ...CHART, categories: "128" }),
    await patient!.requestFor([`/ipfs/${cid}`], CHART),
    await patient!.requestFor([cid], { ...CHART, to: DOCTOR }),
    await patient!.requestFor([cid], { ...CHART, cid }),
    await patient!.requestFor([cid], CHART, 1),
    `${(await patient!.requestFor([cid], CHART)).replace(".", "=.")}`,
  ];
  for (const each of forged) expect(codeOf(await post(patient!, { request: each }))).toBe("STORE_UNAUTHORIZED");
  // Nor is it good for one file alone.
  const headers = { authorization: `Bearer ${patient!.token}` };
  const both = { ...headers, "x-chartkey-request": await patient!.requestFor([cid], CHART) };
  expect(codeOf(await fetch(`${store.url}/ipfs/${cid}?format=raw`, { headers: both }))).toBe("STORE_UNAUTHORIZED");
});

it("refuses what is no request for files, too many, one named twice, and whoever is not signed in", async () => {
  const { store } = await openStore({ gate: gateOf(new TableRights()) });
  const patient = await Member.signedIn(store.url, PATIENT);
  const cid = await patient.put(someBytes(), CHART);
  for (const body of [{}, [], null, { request: [cid] }, { request: null }])
    expect(codeOf(await post(patient, body))).toBe("STORE_REQUEST_INVALID");
  const many = Array.from({ length: 65 }, () => cid);
  for (const cids of [[], [cid, cid], many]) expect(codeOf(await ask(patient, cids))).toBe("STORE_UNAUTHORIZED");
  expect(codeOf(await ask(patient, ["none"]))).toBe("STORE_CID_INVALID");
  const nobody = await Member.of(store.url, PATIENT);
  expect(codeOf(await ask(nobody, [cid]))).toBe("STORE_UNAUTHORIZED");
  expect(await receiptsOf(patient)).toEqual([]);
});

it("counts several files as several requests of an account", async () => {
  const gate = gateOf(new TableRights(), { accountRate: { burst: 12, perSecond: 0.001 } });
  const { store } = await openStore({ gate });
  const patient = await Member.signedIn(store.url, PATIENT);
  const cid = await patient.put(someBytes(), CHART);
  for (const _ of [1, 2]) expect((await ask(patient, [cid])).status).toBe(200);
  expect(codeOf(await ask(patient, [cid]))).toBe("STORE_RATE_LIMITED");
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
  const files = await filesIn(await ask(patient, cids));
  expect([files.size, asked]).toEqual([20, [PATIENT]]);
});
