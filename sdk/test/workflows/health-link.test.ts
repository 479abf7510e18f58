import { CompactEncrypt, base64url, compactDecrypt } from "jose";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { fromUtf8, toBase64Url, utf8 } from "../../src/bytes.ts";
import { newHealthLinkKey, openHealthLinkFile, sealHealthLinkFile } from "../../src/crypto/health-link.ts";
import { EXAMPLE_JWE } from "./health-link-vector.ts";
import { decodeHealthLink, encodeHealthLink, isHealthLinkOver } from "../../src/workflows/health-link.ts";

/** Example of the specification (docs.smarthealthit.org/smart-health-links/spec, "Example SHLink Generation"). */
const EXAMPLE = {
  url: "https://ehr.example.org/qr/Y9xwkUdtmN9wwoJoN3ffJIhX2UGvCL1JnlPVNL3kDWM/m",
  flag: "LP",
  key: "rxTgYlOaKJPFtcEd0qcceN8wEU4p94SqAwIWQe6uX7Q",
  label: "Back-to-school immunizations for Oliver Brown",
};
const EXAMPLE_LINK =
  "shlink:/eyJ1cmwiOiJodHRwczovL2Voci5leGFtcGxlLm9yZy9xci9ZOXh3a1VkdG1OOXd3b0pvTjNmZkpJaFgyVUd2Q0wxSm5sUFZOTDNrRFdNL20i" +
  "LCJmbGFnIjoiTFAiLCJrZXkiOiJyeFRnWWxPYUtKUEZ0Y0VkMHFjY2VOOHdFVTRwOTRTcUF3SVdRZTZ1WDdRIiwibGFiZWwiOiJCYWNrLXRvLXNjaG9v" +
  "bCBpbW11bml6YXRpb25zIGZvciBPbGl2ZXIgQnJvd24ifQ";

const key = newHealthLinkKey();
const linkOf = (payload: object) => `shlink:/${toBase64Url(utf8(JSON.stringify(payload)))}`;
const valid = { url: "https://store.example/f", key: toBase64Url(key) };

describe("SMART Health Links", () => {
  it("reads the example of the specification, alone and behind a viewer's address", () => {
    for (const text of [EXAMPLE_LINK, `https://viewer.example.org#${EXAMPLE_LINK}`]) {
      const link = decodeHealthLink(text);
      expect({ ...link, key: toBase64Url(link.key) }).toEqual(EXAMPLE);
    }
  });

  it("writes what a reader of the specification decodes", () => {
    const written = encodeHealthLink({ url: valid.url, key, exp: 1_900_000_000, flag: "U", label: "Summary" });
    const payload: unknown = JSON.parse(fromUtf8(base64url.decode(written.replace("shlink:/", ""))));
    expect(payload).toEqual({ ...valid, exp: 1_900_000_000, flag: "U", label: "Summary" });
    expect(decodeHealthLink(encodeHealthLink({ ...valid, key, flag: "PL" })).flag).toBe("LP");
  });

  it.each([
    ["no link", "https://store.example/f"],
    ["half of one", EXAMPLE_LINK.slice(0, -7)],
    ["no JSON", "shlink:/AAAA"],
    ["another scheme", linkOf({ ...valid, url: "javascript:alert(1)" })],
    ["a plain address of another machine", linkOf({ ...valid, url: "http://store.example/f" })],
    ["an address with a password", linkOf({ ...valid, url: "https://a:b@store.example/f" })],
    ["an address of 129 characters", linkOf({ ...valid, url: `https://store.example/${"a".repeat(107)}` })],
    ["a short key", linkOf({ ...valid, key: "AAAA" })],
    ["a label of 81 characters", linkOf({ ...valid, label: "a".repeat(81) })],
    ["a passcode for a file named directly", linkOf({ ...valid, flag: "PU" })],
    ["no time", linkOf({ ...valid, exp: "tomorrow" })],
  ])("refuses %s, and holds nothing of it in the error", (_, text) => {
    const thrown: unknown = (() => {
      try {
        return decodeHealthLink(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toMatchObject({ code: "HEALTH_LINK_MALFORMED" });
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toContain(valid.key);
  });

  it("says that a link is of a newer kind, and ignores flags and members that it does not know", () => {
    expect(() => decodeHealthLink(linkOf({ ...valid, v: 2 }))).toThrow(
      expect.objectContaining({ code: "HEALTH_LINK_TOO_NEW" }),
    );
    expect(decodeHealthLink(linkOf({ ...valid, v: 1, flag: "LX", note: "x" }))).toEqual({
      ...{ url: valid.url, key, flag: "LX" },
    });
  });

  it("is over from its second on", () => {
    const link = decodeHealthLink(linkOf({ ...valid, exp: 100 }));
    expect([isHealthLinkOver(link, 99.9), isHealthLinkOver(link, 100)]).toEqual([false, true]);
    expect(isHealthLinkOver(decodeHealthLink(linkOf(valid)))).toBe(false);
  });
});

describe("files of SMART Health Links", () => {
  const contentType = "application/fhir+json";
  const data = utf8(JSON.stringify({ resourceType: "Bundle", type: "document", note: "x".repeat(5_000) }));

  it("are what the specification asks for, and opened by it alone", async () => {
    const jwe = await sealHealthLinkFile(key, { contentType, data });
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, key);
    expect(protectedHeader).toEqual({ alg: "dir", enc: "A256GCM", zip: "DEF", cty: contentType });
    expect(new Uint8Array(plaintext)).toEqual(data);
    expect(jwe.length).toBeLessThan(data.length);
    expect(await sealHealthLinkFile(key, { contentType, data })).not.toBe(jwe);
  });

  it("open as the specification's example does", async () => {
    const opened = await openHealthLinkFile(decodeHealthLink(EXAMPLE_LINK).key, EXAMPLE_JWE);
    expect(opened.contentType).toBe("application/smart-health-card");
    expect(JSON.parse(fromUtf8(opened.data))).toEqual({ verifiableCredential: [expect.stringMatching(/^eyJ6aXAi/)] });
  });

  it("open when another program sealed them, deflated or not", async () => {
    for (const zip of [undefined, "DEF"]) {
      const header = { alg: "dir", enc: "A256GCM", cty: contentType, ...(zip === undefined ? {} : { zip }) };
      const jwe = await new CompactEncrypt(data).setProtectedHeader(header).encrypt(key);
      expect(await openHealthLinkFile(key, jwe)).toEqual({ contentType, data });
    }
  });

  it("do not open when a character is changed, under another key, or by another algorithm", async () => {
    const jwe = await sealHealthLinkFile(key, { contentType, data });
    const parts = jwe.split(".");
    const flip = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
    const changed = [0, 2, 3, 4].map((place) => parts.map((p, at) => (at === place ? flip(p) : p)).join("."));
    const weak = await new CompactEncrypt(data)
      .setProtectedHeader({ alg: "dir", enc: "A128CBC-HS256", cty: contentType })
      .encrypt(key);
    const strange = await new CompactEncrypt(data)
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: contentType, crit: ["x"], x: 1 })
      .encrypt(key, { crit: { x: true } });
    const damaged = { code: "HEALTH_LINK_FILE_DAMAGED" };
    for (const text of [...changed, weak, strange, `${jwe}.`, "", "a.b.c"])
      await expect(openHealthLinkFile(key, text)).rejects.toMatchObject(damaged);
    await expect(openHealthLinkFile(newHealthLinkKey(), jwe)).rejects.toMatchObject(damaged);
  });

  it("O11 do not inflate beyond 32 MiB", async () => {
    const bomb = await sealHealthLinkFile(key, { contentType, data: new Uint8Array((1 << 25) + 1) });
    expect(bomb.length).toBeLessThan(100_000);
    const taken = vi.spyOn(WritableStreamDefaultWriter.prototype, "write");
    await expect(openHealthLinkFile(key, bomb)).rejects.toMatchObject({ code: "HEALTH_LINK_FILE_DAMAGED" });
    const sizes = taken.mock.calls.map(([part]) => (part as Uint8Array).length);
    taken.mockRestore();
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8192);
  });

  it("O11 splits no file further than to tell that it is none", async () => {
    const split = vi.spyOn(String.prototype, "split");
    onTestFinished(() => split.mockRestore());
    const opening = openHealthLinkFile(key, ".".repeat(1 << 16));
    await expect(opening).rejects.toMatchObject({ code: "HEALTH_LINK_FILE_DAMAGED" });
    const lengths = split.mock.results.map(({ value }) => (value as string[]).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(6);
  });
});
