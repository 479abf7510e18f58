import { toCid } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { inspectFile, isExport } from "./inspectFile.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A file as a browser hands it over; jsdom's own has no arrayBuffer. */
function fileOf(bytes: Uint8Array, name = "payload.bin"): File {
  return { name, size: bytes.length, arrayBuffer: async () => bytes.slice().buffer } as unknown as File;
}

describe("inspectFile", () => {
  it('computes digest and CID of a small file (SHA-256 of "abc", FIPS 180-4)', async () => {
    const file = await inspectFile(fileOf(encode("abc")));
    expect(file).toMatchObject({
      name: "payload.bin",
      size: 3,
      sha256: "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      report: null,
    });
    expect(file.reference).toEqual({ codec: 0, digest: file.sha256 });
    expect(toCid(file.reference).toString()).toBe("bafkreif2pall7dybz7vecqka3zo24irdwabwdi4wc55jznaq75q7eaavvu");
  });

  it("names a file of several blocks by its root block, not by its own digest", async () => {
    const { reference, sha256 } = await inspectFile(fileOf(new Uint8Array((1 << 20) + 1)));
    expect(reference.codec).toBe(1);
    expect(reference.digest).not.toBe(sha256);
  });

  it("checks an export, and says what is wrong with a false one", async () => {
    const { report } = await inspectFile(fileOf(encode('{"kind":"chartkey-ledger","v":1}')));
    expect(report?.ok).toBe(false);
    expect(report?.checks.map(({ name, ok }) => [name, ok])).toEqual([["form", false]]);
  });
});

describe("isExport", () => {
  it.each(['{"kind":"chartkey-ledger"}', ' \n{ "v": 1, "kind": "chartkey-ledger" }'])("knows %s", (text) => {
    expect(isExport(encode(text))).toBe(true);
  });

  it.each(["", "{}", '"chartkey-ledger"', "CKEY", '{"kind":"other"}'])("leaves %s alone", (text) => {
    expect(isExport(encode(text))).toBe(false);
  });
});
