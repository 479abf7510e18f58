import type { Resource } from "@medplum/fhirtypes";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, toBase64 } from "../../src/bytes.ts";
import { decodeBase64Text, encodeBase64 } from "../../src/records/base64-text.ts";
import { CUT_FROM, attach } from "../../src/records/detached.ts";
import { type FhirSource, type ImportItem, attachmentsOf, canonicalJson, scanFhir } from "../../src/records/index.ts";
import { bytesOf } from "./files.ts";

const text = (value: unknown) => JSON.stringify(value);

/** A file of a disk: chunks that are filled again, from any place. */
function sourceOf(content: string, name = "file.json", size = 5_000): FhirSource & { read: number } {
  const bytes = bytesOf(content);
  const source = {
    ...{ name, read: 0 },
    slice: async function* (from: number, to: number) {
      const chunk = new Uint8Array(size);
      for (let at = from; at < to; at += size) {
        const part = bytes.subarray(at, Math.min(at + size, to));
        chunk.set(part);
        yield chunk.subarray(0, part.length);
      }
    },
    open: () => source.slice(0, bytes.length),
  };
  return source;
}

async function itemsIn(source: FhirSource): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of (await scanFhir(source)).items()) items.push(item);
  return items;
}

async function collected(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = [];
  for await (const part of parts) copies.push(part.slice());
  return concat(...copies);
}

/** The resource with its files put back, as text that is the same for equal resources. */
async function whole({ resource, detached = [] }: ImportItem): Promise<string> {
  const texts = await Promise.all(
    detached.map(async ({ at, open }) => ({ at, what: toBase64(await collected(open())) })),
  );
  return canonicalJson(attach(resource, texts));
}

const scan = (bytes: number, seed = 7) =>
  Uint8Array.from({ length: bytes }, (_, index) => (index * seed + (index >> 8)) & 255);
const LONG = Math.ceil((CUT_FROM * 3) / 4);
const letter = (...data: string[]) => ({
  resourceType: "DocumentReference",
  status: "current",
  content: data.map((each, index) => ({
    attachment: { contentType: "application/pdf", data: each, title: `${index}` },
  })),
});

describe("base64 in JSON", () => {
  it("is decoded and encoded in parts, however they are cut and escaped", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
        const plain = toBase64(bytes);
        const escaped = plain.replaceAll("/", "\\/").replaceAll("+", "\\u002B").replaceAll("A", "\\u0041");
        const cut = (whole: string) =>
          Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
            bytesOf(whole.slice(at * size, (at + 1) * size)),
          );
        for (const spelled of [plain, escaped])
          expect(await collected(decodeBase64Text(cut(spelled)))).toEqual(new Uint8Array(bytes));
        let again = "";
        for await (const part of encodeBase64(cut(plain))) again += part;
        expect(Buffer.from(again, "base64").toString()).toBe(plain);
      }),
    );
  });

  it.each([
    "A",
    "AB",
    "AB=",
    "AB===",
    "AC==",
    "ABC",
    "ABD=",
    "AB==CD",
    "AB CD",
    "AB\\nCD",
    "AB\\u00",
    "AB-_",
    "====",
    'AB"C',
  ])("is not taken when it would be written otherwise: %s", async (spelled) => {
    await expect(collected(decodeBase64Text([bytesOf(spelled)]))).rejects.toMatchObject({ code: "BASE64_MALFORMED" });
  });
});

describe("large files in resources", () => {
  const [one, other] = [toBase64(scan(LONG)), toBase64(scan(LONG + 1_001, 11))];

  it.each([
    ["a Bundle", (resource: unknown) => text({ resourceType: "Bundle", type: "collection", entry: [{ resource }] })],
    [
      "a Bundle in a Bundle",
      (resource: unknown) =>
        text({
          resourceType: "Bundle",
          type: "batch",
          entry: [{ resource: { resourceType: "Bundle", type: "document", entry: [{ resource }] } }],
        }),
    ],
    ["NDJSON", (resource: unknown) => `${text({ resourceType: "Basic", code: {} })}\n${text(resource)}\n`],
    ["one resource", (resource: unknown) => text(resource)],
    [
      "one resource behind a byte order mark, with spaces",
      (resource: unknown) => `\uFEFF${JSON.stringify(resource, null, 2)}`,
    ],
    ["escaped letters", (resource: unknown) => text(resource).replaceAll("/", "\\/").replaceAll("+", "\\u002b")],
  ])("stay in their file, and come back as they were: %s", async (_, written) => {
    const resource = letter(one, "QUJD", other);
    for (const size of [977, 1 << 20]) {
      const items = await itemsIn(sourceOf(written(resource), "file.json", size));
      const item = items.at(-1)!;
      expect(item.detached?.map(({ at, size }) => [at, size])).toEqual([
        ["/content/0/attachment/data", LONG],
        ["/content/2/attachment/data", LONG + 1_001],
      ]);
      expect(text(item.resource).length).toBeLessThan(1_000);
      expect(await whole(item)).toBe(canonicalJson(resource));
    }
  });

  it.each([
    ["shorter than the limit", toBase64(scan(LONG - 3))],
    ["line breaks", one.replace(/.{76}/g, "$&\r\n")],
    ["other padding", toBase64(scan(LONG + 1)).replace(/.==$/, "B==")],
    ["no padding", toBase64(scan(LONG + 1)).replace(/=+$/, "")],
  ])("stay in their resource when they could not come back, or are small: %s", async (_, data) => {
    const resource = { resourceType: "Binary", contentType: "image/png", data };
    const [item] = await itemsIn(sourceOf(text(resource)));
    // Base64 without its padding is no FHIR: it is refused as it was before.
    if (item === undefined) return expect((await scanFhir(sourceOf(text(resource)))).refusedPlaces).toBe(1);
    expect([item.detached, canonicalJson(item.resource)]).toEqual([undefined, canonicalJson(resource)]);
  });

  it("leaves texts alone that are called otherwise, or only look like it", async () => {
    const resource = {
      resourceType: "Basic",
      code: { text: `"data":"${one}"` },
      extension: [{ url: "urn:data", valueBase64Binary: one }],
    };
    const [item] = await itemsIn(sourceOf(text(resource)));
    expect([item?.detached, canonicalJson(item?.resource)]).toEqual([undefined, canonicalJson(resource)]);
  });

  it("may be larger than a piece that is read, which is refused by name when it cannot be kept as it is", async () => {
    const big = toBase64(scan(30_000_000));
    const file = [letter(big), letter(big.replace(/.{76}/g, "$&\\n")), letter("QUJD")].map(text).join("\n");
    const scanned = await scanFhir(sourceOf(file.replaceAll("\\\\n", "\\n"), "f.ndjson", 1 << 20));
    expect(scanned.categories).toHaveLength(2);
    expect(scanned.refused).toMatchObject([{ path: "[1]", reason: expect.stringContaining("line breaks") as string }]);
  });

  it("are the same ones when the file is read again, or the import stops", async () => {
    const file = { content: text(letter(one)) };
    const changing: FhirSource = {
      name: "f.json",
      open: () => sourceOf(file.content).open(),
      slice: (from, to) => sourceOf(file.content).slice!(from, to),
    };
    const [item] = await itemsIn(changing);
    file.content = text(letter(one.replace("A", "-")));
    await expect(collected(item!.detached![0]!.open())).rejects.toMatchObject({ code: "IMPORT_FILE_CHANGED" });
    file.content = text(letter("QUJD"));
    await expect(collected(item!.detached![0]!.open())).rejects.toMatchObject({ code: "IMPORT_FILE_CHANGED" });
  });

  it("are known among the attachments of their resource, and put nowhere else", () => {
    const resource = { ...letter("QUJD"), content: [{ attachment: { title: "Scan" } }] } as unknown as Resource;
    const at = "/content/0/attachment/data";
    expect(attachmentsOf(resource)).toEqual([]);
    expect(attachmentsOf(resource, [at])).toMatchObject([
      { title: "Scan", at, contentType: "application/octet-stream" },
    ]);
    for (const wrong of [
      "/content/1/attachment/data",
      "/content/0/attachment/url",
      "/__proto__/data",
      "/status/data",
      "data",
      "",
    ])
      expect(attach(resource, [{ at: wrong, what: "QUJD" }])).toBeUndefined();
    const held = letter("QUJD") as unknown as Resource;
    expect(attach(held, [{ at, what: "QUJD" }])).toBeUndefined();
  });
});
