import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { create } from "kubo-rpc-client";
import { describe, expect, it } from "vitest";
import { startStore } from "../src/index.ts";
import { INTEROP, collect, openStore, someBytes, temporaryDirectory } from "./support/fixture.ts";
import { kuboOf } from "./support/kubo.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

const [DIAGNOSIS, RESULTS] = [1 << 5, 1 << 7];
const chart = (categories = RESULTS) => ({ kind: "chart", owner: PATIENT, categories });
const letter = (owner: string) => ({ kind: "letter", owner });

async function open(options: Parameters<typeof gateOf>[1] = {}) {
  const rights = new TableRights();
  const { store, dataDir } = await openStore({ gate: gateOf(rights, options) });
  const [patient, doctor, stranger] = await Promise.all(
    [PATIENT, DOCTOR, STRANGER].map((account) => Member.signedIn(store.url, account)),
  );
  return { rights, store, dataDir, patient: patient!, doctor: doctor!, stranger: stranger! };
}

const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

describe("reading", () => {
  it("is for the patient, for readers of one of the categories while they are, and for auditors", async () => {
    const { rights, patient, doctor, stranger } = await open();
    const both = chart(RESULTS | DIAGNOSIS);
    const cid = await patient.put(someBytes(), both);
    expect(await statusOf(doctor.read(cid, both))).toBe(403);
    rights.reading.set(`${PATIENT} ${DOCTOR}`, RESULTS);
    expect(await statusOf(doctor.read(cid, both))).toBe(200);
    expect(codeOf(await doctor.read(await patient.put(someBytes(), chart(DIAGNOSIS)), chart(DIAGNOSIS)))).toBe(
      "STORE_FORBIDDEN",
    );
    rights.reading.clear();
    expect(await statusOf(doctor.read(cid, both))).toBe(403);
    rights.auditors.add(STRANGER);
    expect(await statusOf(stranger.read(cid, both))).toBe(200);
    expect(await statusOf(stranger.read(await patient.put(someBytes(), letter(PATIENT)), letter(PATIENT)))).toBe(403);
  });

  it("tells nobody but who may read the chart whether a file is there", async () => {
    const { rights, patient, stranger, doctor } = await open();
    const nowhere = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    const cid = await patient.put(someBytes(), chart());
    const refusals = [await stranger.read(cid, chart()), await stranger.read(nowhere, chart())];
    expect(new Set(await Promise.all(refusals.map((answer) => answer.text()))).size).toBe(1);
    expect(refusals.map(codeOf)).toEqual(["STORE_FORBIDDEN", "STORE_FORBIDDEN"]);
    expect(codeOf(await patient.read(nowhere, chart()))).toBe("STORE_BLOCK_MISSING");
    rights.reading.set(`${PATIENT} ${DOCTOR}`, DIAGNOSIS);
    expect(codeOf(await doctor.read(cid, chart(RESULTS)))).toBe("STORE_FORBIDDEN");
    expect(codeOf(await doctor.read(cid, letter(DOCTOR)))).toBe("STORE_BLOCK_MISSING");
  });

  it("is for what was signed alone, so that nobody reads what his receipt does not prove", async () => {
    const { rights, patient, doctor } = await open();
    rights.reading.set(`${PATIENT} ${DOCTOR}`, RESULTS | DIAGNOSIS);
    const bytes = someBytes();
    const cid = await patient.put(bytes, chart());
    const believed = [
      chart(DIAGNOSIS),
      chart(RESULTS | DIAGNOSIS),
      { ...chart(), owner: DOCTOR },
      letter(DOCTOR),
      { kind: "public" },
    ];
    for (const fields of believed) expect(codeOf(await doctor.read(cid, fields))).toBe("STORE_BLOCK_MISSING");
    expect(await statusOf(doctor.read(cid, chart()))).toBe(200);
    // What belongs to two things is handed out as either.
    await patient.put(bytes, chart(DIAGNOSIS));
    for (const fields of [chart(), chart(DIAGNOSIS)]) expect(await statusOf(doctor.read(cid, fields))).toBe(200);
  });

  it("follows the named reader of a request, and the author while he may write", async () => {
    const { rights, patient, doctor, stranger } = await open();
    const request = await patient.put(someBytes(), { ...chart(1 << 8), to: DOCTOR });
    expect(await statusOf(doctor.read(request, chart(1 << 8)))).toBe(200);
    expect(await statusOf(stranger.read(request, chart(1 << 8)))).toBe(403);
    rights.writing.set(`${PATIENT} ${DOCTOR}`, RESULTS);
    const written = await doctor.put(someBytes(), chart());
    expect(await statusOf(doctor.read(written, chart()))).toBe(200);
    rights.writing.clear();
    expect(await statusOf(doctor.read(written, chart()))).toBe(403);
  });

  it("stops in the middle of a file when the right to it ends", async () => {
    const { rights, patient, doctor } = await open();
    rights.reading.set(`${PATIENT} ${DOCTOR}`, RESULTS);
    const bytes = someBytes(48 * 1024 * 1024);
    const cid = await patient.put(bytes, chart());
    const answer = await doctor.read(cid, chart(), "car");
    expect(answer.status).toBe(200);
    const reader = answer.body!.getReader();
    await reader.read();
    rights.reading.clear();
    let got = 0;
    await expect(
      (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read()) got += part.value.length;
      })(),
    ).rejects.toThrow();
    expect(got).toBeLessThan(bytes.length);
  });

  it("gives nothing when the chain does not answer, nor takes anything", async () => {
    const { rights, patient } = await open();
    const cid = await patient.put(someBytes(), chart());
    rights.down = true;
    const answer = await patient.read(cid, chart());
    expect([answer.status, codeOf(answer)]).toEqual([503, "STORE_CHAIN_UNREACHABLE"]);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(codeOf(await patient.add(someBytes(), chart()))).toBe("STORE_CHAIN_UNREACHABLE");
    expect(codeOf(await (await Member.of(patient.url, PATIENT)).signIn())).toBe("STORE_CHAIN_UNREACHABLE");
  });

  it("asks caches to keep nothing that is private", async () => {
    const { patient } = await open();
    const cid = await patient.put(someBytes(), chart());
    expect((await patient.read(cid, chart())).headers.get("cache-control")).toBe("private, no-store");
  });

  it("works through an unmodified Kubo client with the session's headers", async () => {
    const { store, patient } = await open();
    const bytes = someBytes(3000);
    const client = create({ url: store.url, headers: { authorization: `Bearer ${patient.token}` } });
    const profile = { cidVersion: 1, rawLeaves: true, chunker: "size-1048576" } as const;
    const { cid } = await client.add(bytes, { ...profile, ...chart() } as typeof profile);
    const headers = await patient.headersFor(cid.toString(), chart());
    const got = await collect(client.cat(cid, { headers }));
    expect(Buffer.concat(got).equals(bytes)).toBe(true);
    await expect(collect(client.cat(cid))).rejects.toMatchObject({ response: { status: 401 } });
    await expect(collect(client.pin.ls())).rejects.toMatchObject({ response: { status: 403 } });
  });
});

describe("uploading", () => {
  it("needs the right to write in every category, and a scope", async () => {
    const { rights, doctor } = await open();
    const add = (fields: Record<string, unknown>) => doctor.add(someBytes(), fields);
    expect(codeOf(await add(chart()))).toBe("STORE_FORBIDDEN");
    rights.writing.set(`${PATIENT} ${DOCTOR}`, RESULTS);
    expect(codeOf(await add(chart(RESULTS | DIAGNOSIS)))).toBe("STORE_FORBIDDEN");
    expect((await add(chart())).status).toBe(200);
    for (const wrong of [
      {},
      { kind: "other" },
      { kind: "chart", owner: "0x1", categories: 2 },
      chart(1),
      chart(1 << 10),
    ])
      expect(codeOf(await add(wrong))).toBe("STORE_REQUEST_INVALID");
    expect(codeOf(await add({ ...chart(), chunker: "size-1" }))).toBe("STORE_REQUEST_INVALID");
  });

  it("keeps letters to 64 KiB and public files to 1 MiB", async () => {
    const { doctor } = await open();
    expect((await doctor.add(someBytes(65_536), letter(PATIENT))).status).toBe(200);
    expect(await statusOf(doctor.add(someBytes(65_537), letter(PATIENT)))).toBe(413);
    expect(await statusOf(doctor.add(someBytes(1_048_577), { kind: "public" }))).toBe(413);
  });

  it("keeps each account to its quota, also in uploads side by side", async () => {
    const { patient, stranger } = await open({ quotaBytes: 10_000 });
    const [one, two] = await Promise.all([
      patient.add(someBytes(6000), chart()),
      patient.add(someBytes(6000), chart()),
    ]);
    expect([one.status, two.status].sort()).toEqual([200, 507]);
    await patient.put(someBytes(4000), chart());
    const answer = await patient.add(someBytes(1), chart());
    expect([answer.status, codeOf(answer)]).toEqual([507, "STORE_QUOTA_EXCEEDED"]);
    expect((await stranger.add(someBytes(6000), letter(STRANGER))).status).toBe(200);
  });

  it("a second scope opens nothing of the first, and the first nothing of the second", async () => {
    const { rights, patient, stranger, doctor } = await open();
    const bytes = someBytes();
    const cid = await patient.put(bytes, chart());
    await stranger.put(bytes, { kind: "chart", owner: STRANGER, categories: RESULTS });
    rights.reading.set(`${STRANGER} ${DOCTOR}`, RESULTS);
    expect(await statusOf(patient.read(cid, chart()))).toBe(200);
    expect(await statusOf(stranger.read(cid, { ...chart(), owner: STRANGER }))).toBe(200);
    const other = await patient.put(someBytes(), chart());
    expect(await statusOf(stranger.read(other, chart()))).toBe(403);
    expect(await statusOf(doctor.read(other, chart()))).toBe(403);
  });
});

describe("rates", () => {
  it("limits an account, a network address and sign-ins, and says when to come again", async () => {
    const rate = { burst: 3, perSecond: 0.5 };
    const { patient, stranger } = await open({ accountRate: rate });
    const ask = () => patient.read("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy", chart());
    for (let round = 0; round < 3; round++) expect((await ask()).status).toBe(404);
    const limited = await ask();
    expect([limited.status, codeOf(limited)]).toEqual([429, "STORE_RATE_LIMITED"]);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await stranger.add(someBytes(), letter(STRANGER))).status).toBe(200);

    const { store } = await openStore({ gate: gateOf(new TableRights(), { addressRate: rate }) });
    for (let round = 0; round < 3; round++) expect((await fetch(`${store.url}/health`)).status).toBe(200);
    expect((await fetch(`${store.url}/health`)).status).toBe(429);

    const { store: third } = await openStore({ gate: gateOf(new TableRights(), { signInRate: rate }) });
    const once = () => fetch(`${third.url}/session/challenge`, { method: "POST" });
    for (let round = 0; round < 3; round++) expect((await once()).status).toBe(200);
    expect((await once()).status).toBe(429);
  });
});

describe("the operator", () => {
  it("alone lists, unpins and collects, by his token", async () => {
    const operatorToken = "operator".repeat(5);
    const { patient, store } = await open({ operatorToken });
    const cid = await patient.put(someBytes(), chart());
    const operator = create({ url: store.url, headers: { authorization: `Bearer ${operatorToken}` } });
    expect((await collect(operator.pin.ls())).map((pin) => pin.cid.toString())).toEqual([cid]);
    await operator.pin.rm(cid);
    expect(await collect(operator.repo.gc())).toHaveLength(1);
    const other = create({ url: store.url, headers: { authorization: `Bearer ${operatorToken}x` } });
    await expect(collect(other.pin.ls())).rejects.toMatchObject({ response: { status: 403 } });
    await expect(openStore({ gate: gateOf(new TableRights(), { operatorToken: "short" }) })).rejects.toThrow(
      RangeError,
    );
  });
});

describe("what files belong to", () => {
  it("outlives a restart, and a torn last line", async () => {
    const { patient, store, dataDir } = await open();
    const cid = await patient.put(someBytes(), chart());
    await store.close();
    await appendFile(path.join(dataDir, "scopes.log"), '0123456789abcdef ["bafk');
    const { store: again } = await openStore({ dataDir, gate: gateOf(new TableRights()) });
    expect(await statusOf((await Member.signedIn(again.url, PATIENT)).read(cid, chart()))).toBe(200);
    expect(await statusOf((await Member.signedIn(again.url, STRANGER)).read(cid, chart()))).toBe(403);
  });

  it("is not guessed when the log is damaged", async () => {
    const { patient, store, dataDir } = await open();
    for (let round = 0; round < 2; round++) await patient.put(someBytes(), chart());
    await store.close();
    const file = path.join(dataDir, "scopes.log");
    const log = await readFile(file);
    log.writeUInt8(log.readUInt8(40) ^ 1, 40);
    await writeFile(file, log);
    const opening = startStore({ dataDir, port: 0, gate: gateOf(new TableRights()) });
    await expect(opening).rejects.toMatchObject({ code: "STORE_SCOPES_DAMAGED" });
    expect(await readFile(file)).toEqual(log);
  });

  it("is kept for everything that was answered before a kill", async () => {
    const dataDir = await temporaryDirectory();
    const kubo = INTEROP ? [await kuboOf(dataDir)] : [];
    const program = path.join(import.meta.dirname, "support/gated-store-process.ts");
    const child = fork(program, [dataDir, ...kubo], { execArgv: [] });
    const [url] = (await once(child, "message")) as [string];
    const patient = await Member.signedIn(url, PATIENT);
    const gone = once(child, "exit");
    const answered: string[] = [];
    const writes = Array.from({ length: 80 }, async () => {
      answered.push(await patient.put(someBytes(3000), chart()));
      if (answered.length === 50) child.kill("SIGKILL");
    });
    await Promise.allSettled(writes);
    await gone;
    expect(answered.length).toBeGreaterThanOrEqual(50);
    const { store } = await openStore({ dataDir, gate: gateOf(new TableRights()) });
    const again = await Member.signedIn(store.url, PATIENT);
    for (const cid of answered) expect(await statusOf(again.read(cid, chart()))).toBe(200);
  });
});
