import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openStore, plainRequest, someBytes } from "./support/fixture.ts";
import { FHIR, askList, begin, end, filesOf, jweOf, linkOf, list, made, make, open } from "./support/linker.ts";
import { DOCTOR, Member, PATIENT, STRANGER, TableRights, codeOf, gateOf } from "./support/member.ts";

/** SMART Health Links: what a patient makes readable for whoever has the link. */

const SLOW = { timeout: 120_000 };

/** Begins to make a link, and sends no more of it once the store reads. */
async function stall(url: string, { token }: Member): Promise<ClientRequest> {
  const headers = { authorization: `Bearer ${token}`, "content-length": "1000000", expect: "100-continue" };
  const sending = request(`${url}/links`, { method: "POST", headers });
  onTestFinished(() => void sending.destroy());
  sending.on("error", () => undefined).flushHeaders();
  await once(sending, "continue");
  return sending;
}

describe("a health link", SLOW, () => {
  it("opens for whoever has it, and tells its patient who that says to be", async () => {
    const { url, patient } = await begin();
    const { id, link } = await made(patient, { note: "c2VhbGVk" });
    const answer = await open(url, id, { recipient: "Dr\u0000 Roth, City Clinic" });
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      ...[200, "application/json; charset=utf-8", "no-store"],
    ]);
    const about = { contentType: FHIR, lastUpdated: expect.any(String), status: "finalized", fhirVersion: "4.0.1" };
    expect(await answer.json()).toEqual({ files: [{ ...about, embedded: jweOf() }] });
    expect(await list(patient)).toEqual([
      expect.objectContaining({
        ...{ link, state: "open", uses: 1, note: "c2VhbGVk", passcode: false },
        openings: [{ time: expect.any(Number), recipient: "Dr  Roth, City Clinic" }],
      }),
    ]);
  });

  it("names a file longer than its reader takes, for a short time and by an address of its own", async () => {
    const { url, patient } = await begin();
    const { id, link } = await made(patient, { files: [{ contentType: FHIR, jwe: jweOf(500) }] });
    const [file] = await filesOf(await open(url, id, { embeddedLengthMax: 100 }));
    expect(file).not.toHaveProperty("embedded");
    const fetched = await fetch(file!["location"]!);
    expect([fetched.status, fetched.headers.get("content-type")]).toEqual([200, "application/jose"]);
    expect(await fetched.text()).toBe(jweOf(500));
    expect((await fetch(`${file!["location"]!.slice(0, -2)}xx`)).status).toBe(404);
    expect((await end(patient, link)).status).toBe(204);
    expect((await fetch(file!["location"]!)).status).toBe(404);
  });

  it("opens nothing when it is over, was ended, opened often enough, or never was, with one answer", async () => {
    const { url, patient } = await begin();
    const [short, ended, spent] = [
      await made(patient, { exp: Math.ceil(Date.now() / 1000) + 1 }),
      await made(patient),
      await made(patient, { uses: 1 }),
    ];
    expect((await end(patient, ended.link)).status).toBe(204);
    const [last] = await filesOf(await open(url, spent.id, { embeddedLengthMax: 0 }));
    await vi.waitFor(async () => expect((await open(url, short.id)).status).toBe(404), {
      timeout: 30_000,
      interval: 50,
    });
    const answers = [short, ended, spent, { id: linkOf(PATIENT).id }].map(({ id }) => open(url, id));
    const bodies = await Promise.all(
      (await Promise.all(answers)).map(async (answer) => [answer.status, await answer.text()]),
    );
    expect(new Set(bodies.map(String)).size).toBe(1);
    expect(bodies[0]![0]).toBe(404);
    expect((await list(patient)).map(({ state }) => state)).toEqual(["expired", "revoked", "spent"]);
    // Who opened it last still fetches its files.
    expect((await fetch(last!["location"]!)).status).toBe(200);
  });

  it("is made, listed and ended by who acts for its patient, and by nobody else", async () => {
    const { url, rights, patient, doctor } = await begin();
    rights.writing.set(`${PATIENT} ${DOCTOR}`, 0x3fe);
    const { id, link } = await made(patient);
    const refused = [
      make(doctor, linkOf(PATIENT)),
      askList(doctor, PATIENT),
      end(doctor, link),
      end(doctor, link, PATIENT),
    ];
    for (const answer of await Promise.all(refused)) expect(codeOf(answer)).toBe("STORE_FORBIDDEN");
    for (const answer of [
      await fetch(`${url}/links?patient=${PATIENT}`),
      await fetch(`${url}/links`, { method: "POST", body: "{}" }),
      // A token alone ends nothing.
      await fetch(`${url}/links?link=${link}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${patient.token}` },
      }),
    ])
      expect(codeOf(answer)).toBe("STORE_UNAUTHORIZED");
    expect((await open(url, id)).status).toBe(200);
    rights.down = true;
    expect(codeOf(await make(patient, linkOf(PATIENT)))).toBe("STORE_CHAIN_UNREACHABLE");
  });

  it("is the same one when it is sent again, and not anybody else's", async () => {
    const { patient, doctor } = await begin();
    const body = linkOf(PATIENT);
    const names = [await make(patient, body), await make(patient, body)].map(async (answer) => answer.json());
    const [first, second] = await Promise.all(names);
    expect(second).toEqual(first);
    expect(await list(patient)).toHaveLength(1);
    expect(codeOf(await make(doctor, { ...body, patient: DOCTOR }))).toBe("STORE_REQUEST_INVALID");
  });

  it.each([
    ["no id", { id: "short" }],
    ["a time in the past", { exp: 1 }],
    ["a time in two years", { exp: Math.floor(Date.now() / 1000) + 2 * 366 * 86_400 }],
    ["no file", { files: [] }],
    ["another type", { files: [{ contentType: "text/html", jwe: jweOf() }] }],
    ["what is not sealed", { files: [{ contentType: FHIR, jwe: "{}" }] }],
    ["a short passcode", { passcode: "12345" }],
    ["no number of uses", { uses: 0 }],
    ["a long note", { note: "x".repeat(4_097) }],
  ])("is not made with %s", async (_, changes) => {
    const { patient } = await begin();
    expect(codeOf(await make(patient, linkOf(PATIENT, changes)))).toBe("STORE_REQUEST_INVALID");
    expect(await list(patient)).toEqual([]);
  });

  it("has room for 8 MiB, and its patient for 32", async () => {
    const { patient } = await begin();
    const files = [{ contentType: FHIR, jwe: jweOf(8 * 2 ** 20 - 1_000) }];
    expect(codeOf(await make(patient, linkOf(PATIENT, { files: [...files, ...files] })))).toBe("STORE_TOO_LARGE");
    for (let number = 0; number < 4; number += 1) await made(patient, { files });
    expect(codeOf(await make(patient, linkOf(PATIENT, { files })))).toBe("STORE_QUOTA_EXCEEDED");
    expect((await end(patient, (await list(patient))[0]!.link)).status).toBe(204);
    expect((await make(patient, linkOf(PATIENT, { files }))).status).toBe(200);
  });

  it("is asked for by pages of every origin; what is its patient's is not", async () => {
    const { url, patient } = await begin();
    const { id } = await made(patient);
    const headers = { origin: "https://viewer.example", "content-type": "application/json" };
    const preflight = await plainRequest(`${url}/shl/${id}`, { method: "OPTIONS", headers });
    expect([preflight.status, preflight.headers["access-control-allow-origin"]]).toEqual([204, "*"]);
    const body = JSON.stringify({ recipient: "viewer" });
    const answer = await plainRequest(`${url}/shl/${id}`, { method: "POST", headers, body });
    expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    for (const other of [`links?patient=${PATIENT}`, "session/challenge", `shl/${id}/x`, "shl/file", `ipfs/shl/${id}`])
      expect((await plainRequest(`${url}/${other}`, { method: "OPTIONS", headers })).status).toBe(403);
    const rebound = await plainRequest(`${url}/shl/${id}`, {
      method: "POST",
      headers: { ...headers, host: "evil.example" },
      body,
    });
    expect(rebound.status).toBe(403);
  });

  it("is not asked for by a name that its store does not go by", async () => {
    const { store } = await openStore({ gate: gateOf(new TableRights(), { origins: ["https://store.example"] }) });
    expect((await open(store.url, linkOf(PATIENT).id)).status).toBe(403);
  });

  it("is made while few others are: each body is held whole, two of one account", async () => {
    const { url, patient, doctor } = await begin();
    const stalled = await Promise.all([stall(url, patient), stall(url, patient)]);
    const tried = async (member: Member) => (await make(member, linkOf(member.account))).status;
    expect([await tried(patient), await tried(doctor)]).toEqual([429, 200]);
    for (const sending of stalled) sending.destroy();
    await vi.waitFor(async () => expect(await tried(patient)).toBe(200), { timeout: 60_000, interval: 50 });
  });

  it("waits for a body no longer than the store waits for anybody", async () => {
    const { url, patient } = await begin({}, { idleTimeoutMs: 150 });
    const [answer] = (await once(await stall(url, patient), "response")) as [IncomingMessage];
    expect([answer.statusCode, answer.headers["x-store-error"]]).toEqual([408, "STORE_REQUEST_TIMEOUT"]);
  });

  it("holds its place until it is filed, not only until it was read", async () => {
    const { rights, patient } = await begin();
    let answer = (): void => undefined;
    const answered = new Promise<boolean>((resolve) => (answer = () => resolve(true)));
    const asked = vi.spyOn(rights, "mayReceive").mockReturnValue(answered);
    const waiting = [make(patient, linkOf(PATIENT)), make(patient, linkOf(PATIENT))];
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2), { timeout: 60_000, interval: 20 });
    expect((await make(patient, linkOf(PATIENT))).status).toBe(429);
    answer();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it("is asked for at a rate, and says in what it wants an answer", async () => {
    const { url, patient } = await begin({ linkRate: { burst: 3, perSecond: 0.01 } });
    const { id } = await made(patient);
    expect((await fetch(`${url}/shl/${id}`)).status).toBe(405);
    expect(codeOf(await open(url, id, { recipient: " " }))).toBe("STORE_REQUEST_INVALID");
    expect((await open(url, id)).status).toBe(200);
    const busy = await open(url, id);
    expect([busy.status, Number(busy.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
  });

  it("is nowhere on the disk by its address, and its files are gone when it was ended", async () => {
    const { dataDir, patient } = await begin();
    const { id, link } = await made(patient, { passcode: "correct horse" });
    const log = await readFile(path.join(dataDir, "links.log"), "utf8");
    expect([log.includes(id), log.includes("correct horse")]).toEqual([false, false]);
    expect(await readdir(path.join(dataDir, "links"))).toEqual([link]);
    await end(patient, link);
    expect(await readdir(path.join(dataDir, "links"))).toEqual([]);
  });
});

it("no file is uploaded as a link", async () => {
  const { patient } = await begin();
  expect(codeOf(await patient.add(someBytes(), { kind: "link", owner: PATIENT }))).toBe("STORE_REQUEST_INVALID");
});

it("no member of a stranger's links, and no plain store, answers", async () => {
  const { url } = await begin();
  const stranger = await Member.signedIn(url, STRANGER);
  expect(await list(stranger)).toEqual([]);
  const { store } = await openStore();
  expect((await open(store.url, linkOf(PATIENT).id)).status).toBe(404);
});
