import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { LinkRequest } from "../src/gate/links/link.ts";
import { Links } from "../src/gate/links/links.ts";
import { temporaryDirectory } from "./support/fixture.ts";
import { FHIR, jweOf } from "./support/linker.ts";
import { DOCTOR, PATIENT } from "./support/member.ts";

/** What a running store forgets of health links, and what it must not forget. */

const SLOW = { timeout: 120_000 };
const DAY_S = 86_400;
const READER = { recipient: "Dr Roth", passcode: undefined, embeddedLengthMax: undefined };

const asked = (changes: Partial<LinkRequest> = {}): LinkRequest => ({
  ...{ id: randomBytes(32).toString("base64url"), patient: PATIENT, exp: Math.floor(Date.now() / 1000) + 300 * DAY_S },
  ...{
    maxUses: 1_000,
    passcode: undefined,
    note: "note",
    renewable: false,
    files: [{ contentType: FHIR, jwe: jweOf() }],
    ...changes,
  },
});

async function openLinks(dataDir: string): Promise<Links> {
  const links = await Links.open(dataDir, () => undefined);
  onTestFinished(() => links.close());
  return links;
}

/** A store's links, whose clock the test moves. */
async function begin() {
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const dataDir = await temporaryDirectory();
  return { dataDir, links: await openLinks(dataDir) };
}
const pass = (days: number) => vi.advanceTimersByTime(days * DAY_S * 1000);

describe("a running store", SLOW, () => {
  it("forgets a link 30 days after it was over, and who opened one 30 days after he did", async () => {
    const { links } = await begin();
    const lasting = asked();
    await links.make(lasting);
    await links.make(asked({ exp: Math.floor(Date.now() / 1000) + 10 * DAY_S }));
    await links.revoke(await links.make(asked()));
    await links.open(lasting.id, { ...READER, recipient: "First" });
    pass(29);
    await links.open(lasting.id, { ...READER, recipient: "Second" });
    await links.sweep();
    expect(links.listOf(PATIENT).map(({ state }) => state)).toEqual(["open", "expired", "revoked"]);
    expect(links.listOf(PATIENT)[0]!.openings.map(({ recipient }) => recipient)).toEqual(["First", "Second"]);
    pass(2);
    await links.sweep();
    expect(links.listOf(PATIENT).map(({ state }) => state)).toEqual(["open", "expired"]);
    expect(links.listOf(PATIENT)[0]!).toMatchObject({ uses: 2, openings: [{ recipient: "Second" }] });
    pass(10);
    await links.sweep();
    expect(links.listOf(PATIENT).map(({ state }) => state)).toEqual(["open"]);
  });

  it("keeps no file of a link that is ended while it is renewed", async () => {
    const { dataDir, links } = await begin();
    for (let times = 0; times < 20; times += 1) {
      const request = asked({ renewable: true });
      const link = await links.make(request);
      await Promise.allSettled([links.renew(link, request.files), links.revoke(link)]);
    }
    expect(await readdir(path.join(dataDir, "links"))).toEqual([]);
  });

  it("lets nobody file another link under the id of one that was revoked, until its end", async () => {
    const { dataDir, links } = await begin();
    const revoked = asked();
    await links.revoke(await links.make(revoked));
    const forged = { ...revoked, patient: DOCTOR };
    for (const days of [31, 200]) {
      pass(days);
      await links.sweep();
      const restarted = await openLinks(dataDir);
      for (const each of [links, restarted]) {
        await expect(each.make(forged)).rejects.toMatchObject({ code: "STORE_REQUEST_INVALID" });
        await expect(each.open(revoked.id, READER)).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
        expect(each.listOf(PATIENT)).toEqual([]);
      }
    }
    pass(70);
    await links.sweep();
    await links.make({ ...forged, exp: Math.floor(Date.now() / 1000) + DAY_S });
  });

  it("has room for 200 links that open, whatever ended before, made at most so many at once", async () => {
    const { links } = await begin();
    const first = await links.make(asked());
    for (let number = 1; number < 200; number += 1) await links.make(asked());
    pass(2);
    await expect(links.make(asked())).rejects.toMatchObject({ code: "STORE_QUOTA_EXCEEDED" });
    await links.revoke(first);
    await links.make(asked());
    for (const { link } of links.listOf(PATIENT)) await links.revoke(link);
    for (let number = 1; number < 200; number += 1) await links.make(asked());
    await expect(links.make(asked())).rejects.toMatchObject({ code: "STORE_RATE_LIMITED" });
  });

  it("removes nothing of a link whose last try is looked at", async () => {
    const { links, dataDir } = await begin();
    const guarded = asked({ passcode: "246813" });
    const link = await links.make(guarded);
    for (let tried = 0; tried < 9; tried += 1) await links.open(guarded.id, { ...READER, passcode: "000000" });
    const last = links.open(guarded.id, { ...READER, passcode: "246813" });
    await vi.waitFor(() => expect(links.listOf(PATIENT)[0]!.state).toBe("locked"), { timeout: 60_000, interval: 1 });
    await links.sweep();
    expect(await last).toMatchObject([{ embedded: jweOf() }]);
    expect(await readdir(path.join(dataDir, "links"))).toEqual([link]);
  });
});
