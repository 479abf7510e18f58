import { describe, expect, it, onTestFinished } from "vitest";
import { startStore } from "../src/index.ts";
import { FHIR, begin, end, filesOf, jweOf, list, made, make, linkOf, open, renew } from "./support/linker.ts";
import { Member, PATIENT, codeOf } from "./support/member.ts";

/** Links whose patient replaces what they open. */

const SLOW = { timeout: 120_000 };
const MIB = 1024 * 1024;

describe("a health link that may be renewed", SLOW, () => {
  it("opens the new files by the same address, passcode and count, and says that it can change", async () => {
    const { url, patient } = await begin();
    const { id, link } = await made(patient, { renewable: true, passcode: "246813", uses: 2 });
    const asked = async () => (await filesOf(await open(url, id, { passcode: "246813" })))[0]!;
    const before = await asked();
    expect(before).toMatchObject({ embedded: jweOf(), status: "can-change" });
    expect((await renew(patient, link, jweOf(80))).status).toBe(204);
    const after = await asked();
    expect(after).toMatchObject({ embedded: jweOf(80), status: "can-change" });
    expect(Date.parse(after["lastUpdated"]!)).toBeGreaterThan(Date.parse(before["lastUpdated"]!));
    expect(await list(patient)).toMatchObject([{ link, renewable: true, uses: 2, state: "spent" }]);
    // Over is over.
    expect((await renew(patient, link, jweOf(90))).status).toBe(404);
  });

  it("hands out no other file for a ticket than the one that was named", async () => {
    const { url, patient } = await begin();
    const { id, link } = await made(patient, { renewable: true });
    const [file] = await filesOf(await open(url, id, { embeddedLengthMax: 0 }));
    expect((await fetch(file!["location"]!)).status).toBe(200);
    await renew(patient, link, jweOf(80));
    expect((await fetch(file!["location"]!)).status).toBe(404);
    const [now] = await filesOf(await open(url, id, { embeddedLengthMax: 0 }));
    expect(await (await fetch(now!["location"]!)).text()).toBe(jweOf(80));
  });

  it("is renewed by who acts for its patient, by a request signed for that, and when it was made for it", async () => {
    const { url, patient, doctor } = await begin();
    const { id, link } = await made(patient, { renewable: true });
    expect((await renew(doctor, link, jweOf(80))).status).toBe(403);
    expect((await renew(patient, link, jweOf(80), "removal")).status).toBe(401);
    const headers = { authorization: `Bearer ${patient.token}` };
    const unsigned = fetch(`${url}/links?link=${link}`, { method: "PUT", headers, body: '{"files":[]}' });
    expect((await unsigned).status).toBe(401);
    const empty = await renew(patient, link, "no jwe");
    expect(await codeOf(empty)).toBe("STORE_REQUEST_INVALID");
    const fixed = await made(patient);
    expect(await codeOf(await renew(patient, fixed.link, jweOf(80)))).toBe("STORE_REQUEST_INVALID");
    await end(patient, link);
    expect((await renew(patient, link, jweOf(80))).status).toBe(404);
    expect((await open(url, id)).status).toBe(404);
    expect(await codeOf(await make(patient, linkOf(PATIENT, { renewable: "yes" })))).toBe("STORE_REQUEST_INVALID");
  });

  it("counts towards its patient's room with what it opens now", async () => {
    const { patient } = await begin();
    const { link } = await made(patient, { renewable: true });
    const large = { files: [{ contentType: FHIR, jwe: jweOf(7 * MIB) }] };
    for (let times = 0; times < 4; times += 1) await made(patient, large);
    expect(await codeOf(await renew(patient, link, jweOf(5 * MIB)))).toBe("STORE_QUOTA_EXCEEDED");
    // Twice: what it opens instead takes the place of what it did.
    for (let times = 0; times < 2; times += 1) expect((await renew(patient, link, jweOf(3 * MIB))).status).toBe(204);
    const small = { files: [{ contentType: FHIR, jwe: jweOf(2 * MIB) }] };
    expect(await codeOf(await make(patient, linkOf(PATIENT, small)))).toBe("STORE_QUOTA_EXCEEDED");
  });

  it("opens the new files after a restart", async () => {
    const { url, store, dataDir, gate, patient } = await begin();
    const { id, link } = await made(patient, { renewable: true });
    await renew(patient, link, jweOf(80));
    const [before] = await filesOf(await open(url, id));
    await store.close();
    const again = await startStore({ dataDir, port: 0, gate });
    onTestFinished(() => again.close());
    expect(await filesOf(await open(again.url, id))).toEqual([before]);
    const owner = await Member.signedIn(again.url, PATIENT);
    expect((await renew(owner, link, jweOf(90))).status).toBe(204);
  });

  it("opens the one or the other whole, however they come together, and nothing once it was ended", async () => {
    const { url, patient } = await begin();
    const { id, link } = await made(patient, { renewable: true });
    const both = [80, 90].map(async (size) => (await renew(patient, link, jweOf(size))).status);
    const opened = Array.from({ length: 10 }, async () => (await filesOf(await open(url, id)))[0]!["embedded"]);
    for (const jwe of await Promise.all(opened)) expect([jweOf(), jweOf(80), jweOf(90)]).toContain(jwe);
    expect(await Promise.all(both)).toEqual([204, 204]);
    await Promise.all([renew(patient, link, jweOf(70)), end(patient, link)]);
    expect((await open(url, id)).status).toBe(404);
  });
});
