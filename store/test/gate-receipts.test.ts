import { createHash, webcrypto } from "node:crypto";
import { appendFile, readdir } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { fetchCapped } from "../../sdk/src/storage/fetch.ts";
import { MAX_RECEIPT_PAGE, toReceipts } from "../../sdk/src/storage/receipt-list.ts";
import type { ReceiptLine } from "../src/index.ts";
import { LineLog } from "../src/linelog.ts";
import { openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Puts receipts, or whatever else, on a day. */
async function fillDay(dataDir: string, day: string, lines: readonly unknown[]): Promise<void> {
  const texts = lines.map((line) => JSON.stringify(line));
  await (await LineLog.rewrite(path.join(dataDir, "receipts", `${day}.log`), texts)).close();
}

async function receiptsOf(member: Member, query = `patient=${PATIENT}`): Promise<ReceiptLine[]> {
  const headers = { authorization: `Bearer ${member.token}` };
  const answer = await fetch(`${member.url}/receipts?${query}`, { headers });
  if (answer.status !== 200) throw new Error(codeOf(answer));
  return (await answer.text())
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ReceiptLine);
}

/** Whether a receipt is what the key of its certificate signed. */
async function isGenuine(lines: ReceiptLine[], receipt: Extract<ReceiptLine, { receipt: unknown }>["receipt"]) {
  const certificate = lines
    .flatMap((line) => ("certificate" in line ? [line.certificate] : []))
    .find(({ signature }) => createHash("sha256").update(signature).digest("base64url") === receipt.certificate);
  const raw = Buffer.from(certificate?.key ?? "", "base64url");
  const key = await webcrypto.subtle.importKey("raw", raw, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  const signature = Buffer.from(receipt.signature, "base64url");
  const text = Buffer.from(`chartkey/delivery/1|${receipt.request}`);
  return webcrypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, text);
}

it("every private delivery leaves a receipt that its reader signed, for the patient and auditors to see", async () => {
  const rights = new TableRights();
  const { store, dataDir } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor, stranger] = await Promise.all(
    [PATIENT, DOCTOR, STRANGER].map((account) => Member.signedIn(store.url, account)),
  );
  const cid = await patient!.put(someBytes(), CHART);
  const profile = await patient!.put(someBytes(), { kind: "public" });
  await fetch(`${store.url}/ipfs/${profile}?format=raw`);
  expect((await doctor!.read(cid, CHART)).status).toBe(403);
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);
  for (let round = 0; round < 2; round++) expect((await doctor!.read(cid, CHART)).status).toBe(200);

  const lines = await receiptsOf(patient!);
  const receipts = lines.flatMap((line) => ("receipt" in line ? [line.receipt] : []));
  expect(receipts.map(({ reader, owner, categories }) => [reader, owner, categories])).toEqual(
    Array.from({ length: 2 }, () => [DOCTOR, PATIENT, 1 << 7]),
  );
  for (const receipt of receipts) {
    expect(await isGenuine(lines, receipt)).toBe(true);
    expect(JSON.parse(Buffer.from(receipt.request, "base64url").toString())).toMatchObject({ cid, store: store.url });
  }
  expect(await isGenuine(lines, { ...receipts[0]!, request: receipts[1]!.request })).toBe(false);

  for (const nosy of [doctor!, stranger!]) await expect(receiptsOf(nosy)).rejects.toThrow("STORE_FORBIDDEN");
  rights.auditors.add(STRANGER);
  expect(await receiptsOf(stranger!)).toEqual(lines);
  expect(await receiptsOf(patient!, `patient=${PATIENT}&since=2999-01-01`)).toEqual([]);

  const [day] = await readdir(path.join(dataDir, "receipts"));
  await store.close();
  await appendFile(path.join(dataDir, "receipts", day!), "torn");
  const { store: again } = await openStore({ dataDir, gate: gateOf(rights) });
  const late = await Member.signedIn(again.url, DOCTOR);
  expect((await late.read(cid, CHART)).status).toBe(200);
  const all = await receiptsOf(await Member.signedIn(again.url, PATIENT));
  expect(all.filter((line) => "receipt" in line)).toHaveLength(3);
  expect(all.some((line) => "damaged" in line)).toBe(false);
});

it("lists of each reader the first deliveries of the chart's files alone when it is asked for them", async () => {
  const rights = new TableRights();
  const { store } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  const letter = { kind: "letter", owner: PATIENT };
  const sent = await doctor!.put(someBytes(), letter);
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);
  for (let round = 0; round < 3; round++) expect((await doctor!.read(sent, letter)).status).toBe(200);
  const files = [await patient!.put(someBytes(), CHART), await patient!.put(someBytes(), CHART)];
  for (const reader of [patient!, doctor!])
    for (const cid of [...files, ...files]) expect((await reader.read(cid, CHART)).status).toBe(200);

  const told = async (query: string) =>
    (await receiptsOf(patient!, `patient=${PATIENT}${query}`)).flatMap((line) =>
      "receipt" in line ? [[line.receipt.reader, line.receipt.kind]] : [],
    );
  expect(await told("")).toHaveLength(11);
  expect(await told("&first=1")).toEqual([
    [PATIENT, "chart"],
    [DOCTOR, "chart"],
  ]);
  expect(await told("&first=3")).toHaveLength(6);
  const lines = await receiptsOf(patient!, `patient=${PATIENT}&first=1`);
  expect(lines.filter((line) => "certificate" in line)).toHaveLength(2);
  for (const first of ["0", "", "x", "1e3", "10000"])
    await expect(receiptsOf(patient!, `patient=${PATIENT}&first=${first}`)).rejects.toThrow("STORE_REQUEST_INVALID");
});

it("lists more than a page holds page by page, each receipt once and behind its certificate", async () => {
  const rights = new TableRights();
  const { store, dataDir } = await openStore({ gate: gateOf(rights) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);
  expect((await doctor!.read(await patient!.put(someBytes(), CHART), CHART)).status).toBe(200);
  const certificate = (await receiptsOf(patient!)).find((line) => "certificate" in line)!;
  const [about] = (await receiptsOf(patient!)).flatMap((line) => ("receipt" in line ? [line.receipt] : []));
  const days = [dayAgo(2), dayAgo(1)];
  for (const [index, day] of days.entries()) {
    const large = Array.from({ length: 5 }, (_, place) => ({ ...about!, request: `${index}${place}`.repeat(1 << 20) }));
    await fillDay(dataDir, day, [certificate, ...large.map((receipt) => ({ receipt }))]);
  }
  const pagesOf = async (query: string) => {
    const pages: string[][] = [];
    for (let after = ""; pages.length < 9;) {
      const lines = await receiptsOf(patient!, `patient=${PATIENT}&since=${days[0]}${query}${after}`);
      expect("certificate" in lines[0]!).toBe(true);
      pages.push(lines.flatMap((line) => ("receipt" in line ? [line.receipt.request.slice(0, 2)] : [])));
      const next = lines.flatMap((line) => ("next" in line ? [String(line.next)] : []));
      if (next.length === 0) break;
      expect(lines.at(-1)).toEqual({ next: next[0] });
      after = `&after=${next[0]}`;
    }
    return pages;
  };
  const last = about!.request.slice(0, 2);
  // Newest first: what somebody did before, however much, hides nothing that came later.
  expect(await pagesOf("")).toEqual([
    [last, "11", "12", "13", "14"],
    ["10", "02", "03", "04"],
    ["00", "01"],
  ]);
  expect(await pagesOf("&first=6")).toEqual([
    ["00", "01", "02", "03"],
    ["04", "10"],
  ]);
  for (const after of ["", "x", "2026-01-01", "2026-01-01.-1", "2026-01-01.1e3"])
    await expect(receiptsOf(patient!, `patient=${PATIENT}&after=${after}`)).rejects.toThrow("STORE_REQUEST_INVALID");
});

/** A store with a delivery to the doctor, its line and that of its certificate. */
async function withDelivery(options: Parameters<typeof gateOf>[1] = {}) {
  const rights = new TableRights();
  const { store, dataDir } = await openStore({ gate: gateOf(rights, options) });
  const [patient, doctor] = await Promise.all([PATIENT, DOCTOR].map((account) => Member.signedIn(store.url, account)));
  rights.reading.set(`${PATIENT} ${DOCTOR}`, 1 << 7);
  expect((await doctor!.read(await patient!.put(someBytes(), CHART), CHART)).status).toBe(200);
  const lines = await receiptsOf(patient!);
  const [certificate] = lines.flatMap((line) => ("certificate" in line ? [line.certificate] : []));
  const [receipt] = lines.flatMap((line) => ("receipt" in line ? [line.receipt] : []));
  return { store, dataDir, patient: patient!, doctor: doctor!, certificate: certificate!, receipt: receipt! };
}

it("counts certificates in a page, so that a client reads all pages however often somebody signed in", async () => {
  const { dataDir, patient, certificate, receipt } = await withDelivery();
  const count = 3_000;
  const lines = Array.from({ length: count }, (_, number) => {
    const signature = `0x${String(number).padEnd(8_192, "0")}`;
    const id = createHash("sha256").update(signature).digest("base64url");
    return [{ certificate: { ...certificate, signature } }, { receipt: { ...receipt, certificate: id } }];
  });
  await fillDay(dataDir, dayAgo(1), lines.flat());
  const headers = { authorization: `Bearer ${patient.token}` };
  for (const query of ["", "&first=9999"]) {
    const sizes: number[] = [];
    const { receipts, more } = await toReceipts(async (after) => {
      const place = after === undefined ? "" : `&after=${after}`;
      const url = `${patient.url}/receipts?patient=${PATIENT}${query}${place}`;
      const page = await fetchCapped(url, MAX_RECEIPT_PAGE, { headers });
      sizes.push(page.length);
      return page;
    });
    expect([receipts.length, more, sizes.length]).toEqual([count + 1, false, 4]);
    expect(receipts.every((each) => each.certificate !== undefined)).toBe(true);
    expect(Math.max(...sizes)).toBeLessThan((1 << 23) + 20_000);
  }
});

it("lists no more than 400 days, whatever day is named", async () => {
  const { dataDir, patient, certificate, receipt } = await withDelivery();
  for (const days of [399, 401]) await fillDay(dataDir, dayAgo(days), [{ certificate }, { receipt }]);
  const lines = await receiptsOf(patient, `patient=${PATIENT}&since=0000-01-01`);
  expect(lines.filter((line) => "receipt" in line)).toHaveLength(2);
});

it("counts what it reads for a list, of whomever it is, as requests that are owed", async () => {
  const { store, dataDir, patient, certificate, receipt } = await withDelivery({
    accountRate: { burst: 100, perSecond: 0.001 },
  });
  const stranger = await Member.signedIn(store.url, STRANGER);
  const own = `patient=${STRANGER}`;
  expect(await receiptsOf(stranger, own)).toEqual([]);
  await fillDay(dataDir, dayAgo(1), [{ certificate }, ...Array.from({ length: 25_000 }, () => ({ receipt }))]);
  expect(await receiptsOf(stranger, own)).toEqual([]);
  await expect(receiptsOf(stranger, own)).rejects.toThrow("STORE_RATE_LIMITED");
  expect((await receiptsOf(patient, `patient=${PATIENT}&since=${dayAgo(0)}`)).length).toBe(2);
});

it("makes one list at a time for an account, and tells others when to come again", async () => {
  const { store, dataDir, patient, certificate, receipt } = await withDelivery();
  const stranger = await Member.signedIn(store.url, STRANGER);
  await fillDay(dataDir, dayAgo(1), [{ certificate }, ...Array.from({ length: 20_000 }, () => ({ receipt }))]);
  const ask = ({ token }: Member) =>
    fetch(`${store.url}/receipts?patient=${STRANGER}`, { headers: { authorization: `Bearer ${token}` } });
  const answers = await Promise.all([ask(stranger), ask(stranger), ask(stranger)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
  const busy = answers.find(({ status }) => status === 429)!;
  expect([codeOf(busy), busy.headers.get("retry-after")]).toEqual(["STORE_RATE_LIMITED", "2"]);
  await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  expect((await ask(stranger)).status).toBe(200);
  // Nobody waits for another one's list.
  const both = await Promise.all([ask(stranger), receiptsOf(patient, `patient=${PATIENT}&since=${dayAgo(0)}`)]);
  expect(both[1].length).toBe(2);
});
