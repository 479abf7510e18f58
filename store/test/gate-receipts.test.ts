import { createHash, webcrypto } from "node:crypto";
import { appendFile, readdir } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import type { ReceiptLine } from "../src/index.ts";
import { LineLog } from "../src/linelog.ts";
import { openStore, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };

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
  const days = ["2026-01-01", "2026-01-02"];
  for (const [index, day] of days.entries()) {
    const large = Array.from({ length: 5 }, (_, place) => ({ ...about!, request: `${index}${place}`.repeat(1 << 20) }));
    const lines = [certificate, ...large.map((receipt) => ({ receipt }))].map((line) => JSON.stringify(line));
    await (await LineLog.rewrite(path.join(dataDir, "receipts", `${day}.log`), lines)).close();
  }
  const pagesOf = async (query: string) => {
    const pages: string[][] = [];
    for (let after = ""; pages.length < 9;) {
      const lines = await receiptsOf(patient!, `patient=${PATIENT}&since=2026-01-01${query}${after}`);
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
  expect(await pagesOf("")).toEqual([
    ["00", "01", "02", "03"],
    ["04", "10", "11", "12"],
    ["13", "14", last],
  ]);
  expect(await pagesOf("&first=6")).toEqual([
    ["00", "01", "02", "03"],
    ["04", "10"],
  ]);
  for (const after of ["", "x", "2026-01-01", "2026-01-01.-1", "2026-01-01.1e3"])
    await expect(receiptsOf(patient!, `patient=${PATIENT}&after=${after}`)).rejects.toThrow("STORE_REQUEST_INVALID");
});
