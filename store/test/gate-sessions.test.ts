import { describe, expect, it } from "vitest";
import { openStore, plainRequest, someBytes } from "./support/fixture.ts";
import { DOCTOR, Member, PATIENT, TableRights, codeOf, gateOf } from "./support/member.ts";

const CHART = { kind: "chart", owner: PATIENT, categories: 1 << 7 };

async function open() {
  const rights = new TableRights();
  const { store } = await openStore({ gate: gateOf(rights) });
  return { rights, url: store.url };
}

describe("signing in", () => {
  it("gives a token for a wallet's signature, once, and takes it back", async () => {
    const { url } = await open();
    const patient = await Member.signedIn(url, PATIENT);
    const cid = await patient.put(someBytes(), CHART);
    expect((await patient.read(cid, CHART)).status).toBe(200);
    const headers = { authorization: `Bearer ${patient.token}` };
    expect((await fetch(`${url}/session`, { method: "DELETE", headers })).status).toBe(204);
    expect(codeOf(await patient.read(cid, CHART))).toBe("STORE_UNAUTHORIZED");
  });

  const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
  it.each([
    ["another domain", { domain: "evil.example", uri: "https://evil.example" }],
    ["a domain that is not the address's", { uri: "http://localhost:1" }],
    ["another chain", { chainId: 8 }],
    ["another statement", { statement: "I agree to everything." }],
    ["another store", { store: "http://evil.example" }],
    ["a nonce that the store never gave", { nonce: "00".repeat(16) }],
    ["a sign-in that is over", { issuedAt: ago(20), expirationTime: ago(10) }],
    ["a sign-in from the future", { issuedAt: ago(-2) }],
    ["a sign-in for longer than 8 hours", { expirationTime: ago(-481) }],
    ["another account than signed", { sent: { address: DOCTOR } }],
    ["a line break that would add a line", { sent: { nonce: "12345678\nChain ID: 7" } }],
    ["another key than signed", { sent: { key: Buffer.alloc(65, 4).toString("base64url") } }],
    ["no signature", { sent: { signature: "0x" } }],
  ])("refuses %s", async (_what, forgery) => {
    const { url } = await open();
    const answer = await (await Member.of(url, PATIENT)).signIn(forgery);
    expect([answer.status, codeOf(answer)]).toEqual([401, "STORE_UNAUTHORIZED"]);
  });

  it("tolerates a clock that is half a minute ahead", async () => {
    const { url } = await open();
    expect((await (await Member.of(url, PATIENT)).signIn({ issuedAt: ago(-0.5) })).status).toBe(200);
  });

  it("refuses a nonce the second time, and one that another's sign-in spent", async () => {
    const { url } = await open();
    const nonce = await (await Member.of(url, PATIENT)).challenge();
    expect((await (await Member.of(url, PATIENT)).signIn({ nonce })).status).toBe(200);
    expect(codeOf(await (await Member.of(url, PATIENT)).signIn({ nonce }))).toBe("STORE_UNAUTHORIZED");
  });

  it("ends with its certificate", async () => {
    const { url } = await open();
    const patient = await Member.of(url, PATIENT);
    const answer = await patient.signIn({ expirationTime: new Date(Date.now() + 1_500) });
    patient.token = ((await answer.json()) as { token: string }).token;
    const cid = await patient.put(someBytes(), CHART);
    await expect.poll(async () => codeOf(await patient.read(cid, CHART))).toBe("STORE_UNAUTHORIZED");
  });

  it.each(["", "Bearer ", "Bearer x", `Bearer ${"A".repeat(43)}`, "Basic YTpi", `Bearer ${"A".repeat(5000)}`])(
    "knows no token %j",
    async (authorization) => {
      const { url } = await open();
      const patient = await Member.signedIn(url, PATIENT);
      const cid = await patient.put(someBytes(), CHART);
      const answer = await plainRequest(`${url}/ipfs/${cid}?format=raw`, { headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
    },
  );
});

describe("a signed request", () => {
  it("works once, for one file, at one store, for a minute, by the session's own key", async () => {
    const { url } = await open();
    const patient = await Member.signedIn(url, PATIENT);
    const [cid, other] = [await patient.put(someBytes(), CHART), await patient.put(someBytes(), CHART)];
    const ask = async (headers: Record<string, string>, what = cid): Promise<number> =>
      (await fetch(`${url}/ipfs/${what}?format=raw`, { headers })).status;
    const headers = await patient.headersFor(cid, CHART);
    expect(await ask(headers, other)).toBe(401);
    expect(await ask(headers)).toBe(200);
    expect(await ask(headers)).toBe(401);
    expect(await ask({ authorization: headers.authorization })).toBe(401);
    const now = Math.floor(Date.now() / 1000);
    for (const more of [
      { store: "http://evil.example" },
      { time: now - 61 },
      { time: now + 62 },
      { v: 2 },
      { nonce: "" },
      { cid: `/ipfs/${cid}` },
      { note: "x".repeat(1000) },
      { to: DOCTOR },
    ])
      expect(await ask(await patient.headersFor(cid, CHART, more))).toBe(401);
    const thief = await Member.of(url, PATIENT);
    thief.token = patient.token;
    expect(codeOf(await thief.read(cid, CHART))).toBe("STORE_UNAUTHORIZED");
  });

  it("works once in whichever session of its key", async () => {
    const { url } = await open();
    const patient = await Member.signedIn(url, PATIENT);
    const cid = await patient.put(someBytes(), CHART);
    const headers = await patient.headersFor(cid, CHART);
    const { token } = (await (await patient.signIn()).json()) as { token: string };
    const statuses: number[] = [];
    for (const bearer of [patient.token, token, token]) {
      const sent = { ...headers, authorization: `Bearer ${bearer}` };
      statuses.push((await fetch(`${url}/ipfs/${cid}?format=raw`, { headers: sent })).status);
    }
    expect(statuses).toEqual([200, 401, 401]);
    expect(token).not.toBe(patient.token);
  });

  it("says nothing that its kind has not", async () => {
    const { url } = await open();
    const patient = await Member.signedIn(url, PATIENT);
    const letter = { kind: "letter", owner: PATIENT };
    const cid = await patient.put(someBytes(), letter);
    for (const fields of [
      { ...letter, categories: 128 },
      { kind: "public", owner: "x".repeat(1000) },
    ])
      expect(codeOf(await patient.read(cid, fields))).toBe("STORE_UNAUTHORIZED");
    expect((await patient.read(cid, letter)).status).toBe(200);
  });
});

describe("an anonymous caller", () => {
  it("gets nothing but what is public, and learns nothing of the rest", async () => {
    const { url } = await open();
    const patient = await Member.signedIn(url, PATIENT);
    const profile = await patient.put(Buffer.from("a hospital's name"), { kind: "public" });
    const hidden = await patient.put(someBytes(), CHART);
    const nowhere = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    const answers = new Set<string>();
    for (const cid of [hidden, nowhere]) {
      for (const command of ["cat", "block/get", "block/stat", "dag/export"]) {
        const answer = await fetch(`${url}/api/v0/${command}?arg=${cid}`, { method: "POST" });
        answers.add(`${answer.status} ${await answer.text()}`);
      }
      for (const format of ["raw", "car"]) {
        const answer = await fetch(`${url}/ipfs/${cid}?format=${format}`, {
          headers: { "if-none-match": `"${cid}.${format}"` },
        });
        answers.add(`${answer.status} ${await answer.text()}`);
      }
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 .*sign in/)]);
    for (const command of ["add", "block/put", "dag/import", "pin/add", "pin/ls", "pin/rm", "repo/gc", "repo/stat"])
      expect((await fetch(`${url}/api/v0/${command}?arg=${hidden}`, { method: "POST" })).status).toBe(401);
    expect(await (await fetch(`${url}/ipfs/${profile}?format=raw`)).text()).toBe("a hospital's name");
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
  });
});
