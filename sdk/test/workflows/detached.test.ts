import type { Resource } from "@medplum/fhirtypes";
import { describe, expect, it, vi } from "vitest";
import { type Bytes, concat, fromUtf8, toBase64 } from "../../src/bytes.ts";
import { collect } from "../../src/chunks.ts";
import { canonicalBytes } from "../../src/json.ts";
import { referenceOf } from "../../src/storage/cid.ts";
import {
  type DetachedAttachment,
  DetachedReader,
  detachedIn,
  encodeHead,
  wholeSize,
} from "../../src/workflows/detached.ts";

/** What an author may write: only what can be put together again is read. */

const FILES: Bytes[] = [new Uint8Array(1000).fill(1), new Uint8Array(500).fill(2)];
const RESOURCE = {
  resourceType: "DocumentReference",
  status: "current",
  content: [{ attachment: { title: "one" } }, { attachment: { title: "two" } }],
} as Resource;
const META = { contentType: "application/fhir+json" };

const listed = (): Promise<DetachedAttachment[]> =>
  Promise.all(
    FILES.map(async (file, index) => ({
      ...{ at: `/content/${index}/attachment/data`, size: file.length },
      ...(await referenceOf(file)),
    })),
  );

interface Written {
  list?: unknown;
  resource?: Resource;
  files?: readonly Bytes[];
}

async function readerOf({ list, resource = RESOURCE, files = FILES }: Written = {}): Promise<DetachedReader> {
  const [json, names] = [canonicalBytes(resource), canonicalBytes(list ?? (await listed()))];
  const meta = { ...META, detached: { resource: json.length, list: names.length } };
  const whole = concat(json, names, ...files);
  async function* parts() {
    for (let at = 0; at < whole.length; at += 100) yield whole.slice(at, at + 100);
  }
  return new DetachedReader({ meta, size: whole.length, data: parts() }, detachedIn(meta)!);
}

const refused = { code: "PAYLOAD_MALFORMED" };

describe("a resource with files behind it", () => {
  it("gives its resource, its files and all together", async () => {
    const { resource, attachments } = await (await readerOf()).head();
    expect([JSON.parse(fromUtf8(resource)), attachments]).toEqual([RESOURCE, await listed()]);
    const files: Bytes[] = [];
    for await (const { data } of (await readerOf()).files()) files.push(await collect(data));
    expect(files).toEqual(FILES);
    const whole = await collect((await readerOf()).whole());
    const [one, two] = FILES.map(toBase64);
    expect(fromUtf8(whole)).toBe(
      `{"content":[{"attachment":{"data":"${one}","title":"one"}},{"attachment":{"data":"${two}","title":"two"}}],"resourceType":"DocumentReference","status":"current"}`,
    );
    expect(whole.length).toBe(wholeSize({ resource, attachments }));
  });

  it("names its beginning by everything in it", async () => {
    const digest = async (written?: Written) => (await (await readerOf(written)).head()).digest;
    const other = { ...RESOURCE, status: "superseded" } as Resource;
    const [first, second] = await listed();
    const list = [{ ...first!, digest: second!.digest }, second];
    expect(new Set(await Promise.all([digest(), digest({ resource: other }), digest({ list })])).size).toBe(3);
    expect(await digest()).toBe(await digest({ files: [FILES[0]!, new Uint8Array(500)] }));
  });

  it.each([
    ["nothing", () => []],
    ["no list", () => ({ 0: {} })],
    ["another order", (list: DetachedAttachment[]) => list.toReversed()],
    ["one place twice", ([one]: DetachedAttachment[]) => [one, { ...one, size: 500 }]],
    ["a place that is taken", ([one, two]: DetachedAttachment[]) => [one, { ...two, at: "/status/data" }]],
    ["a place outside of it", ([one, two]: DetachedAttachment[]) => [{ ...one, at: "/__proto__/data" }, two]],
    ["a pointer in another spelling", ([one, two]: DetachedAttachment[]) => [{ ...one, at: `x${one!.at}` }, two]],
    ["other sizes", ([one, two]: DetachedAttachment[]) => [{ ...one, size: 999 }, two]],
    ["a size that is none", ([one, two]: DetachedAttachment[]) => [{ ...one, size: -1 }, two]],
    ["a digest that is none", ([one, two]: DetachedAttachment[]) => [{ ...one, digest: "0x00" }, two]],
  ])("is refused when its list has %s", async (_, changed) => {
    const list = changed(await listed());
    await expect((await readerOf({ list })).head()).rejects.toMatchObject(refused);
  });

  it("is refused when its list spells a name in a way of its own", async () => {
    const resource = { resourceType: "Basic", extension: [{ "a~": {} }] } as unknown as Resource;
    const [one] = await listed();
    const reader = (at: string) => readerOf({ resource, list: [{ ...one, at }], files: FILES.slice(0, 1) });
    expect((await (await reader("/extension/0/a~0/data")).head()).attachments).toHaveLength(1);
    await expect((await reader("/extension/0/a~/data")).head()).rejects.toMatchObject(refused);
  });

  it("is refused when it is a Bundle, whose every resource an export would give the files", async () => {
    const resource = { resourceType: "Bundle", entry: [{ resource: RESOURCE }] } as Resource;
    const list = (await listed()).map((each) => ({ ...each, at: `/entry/0/resource${each.at}` }));
    await expect((await readerOf({ resource, list })).head()).rejects.toMatchObject(refused);
  });

  it("looks for each of many files once in its text, and has no more than 8,192", async () => {
    const files = Array.from({ length: 8193 }, (_, index) => Uint8Array.of(index, index >> 8));
    const resource = { resourceType: "DocumentReference", content: files.map(() => ({ attachment: {} })) } as Resource;
    const all = await Promise.all(
      files.map(async (file, index) => ({
        ...{ at: `/content/${index}/attachment/data`, size: file.length },
        ...(await referenceOf(file)),
      })),
    );
    await expect((await readerOf({ resource, list: all, files })).head()).rejects.toMatchObject(refused);
    expect(() => encodeHead(META, resource, all)).toThrow(expect.objectContaining({ code: "PAYLOAD_TOO_LARGE" }));
    const list = all.slice(0, -1);
    const split = vi.spyOn(String.prototype, "split");
    const { attachments } = await (await readerOf({ resource, list, files: files.slice(0, -1) })).head();
    const longest = split.mock.contexts.filter((text) => String(text).length > 1000);
    split.mockRestore();
    expect([attachments.length, longest]).toEqual([8192, []]);
  });

  it("is refused when a file is another one than its list says, or its meta has no lengths", async () => {
    const reader = await readerOf({ files: [FILES[0]!, new Uint8Array(500)] });
    await expect(collect(reader.whole())).rejects.toMatchObject(refused);
    for (const detached of [null, {}, { resource: 0, list: 1 }, { resource: 1, list: 1.5 }, "1"])
      expect(() => detachedIn({ ...META, detached })).toThrow(expect.objectContaining(refused));
    expect(detachedIn(META)).toBeUndefined();
    expect(canonicalBytes(encodeHead(META, RESOURCE, await listed()).meta).length).toBeLessThan(200);
  });
});
