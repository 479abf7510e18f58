import { CarWriter } from "@ipld/car";
import * as dagPb from "@ipld/dag-pb";
import { importBytes } from "ipfs-unixfs-importer";
import { fixedSize } from "ipfs-unixfs-importer/chunker";
import { balanced } from "ipfs-unixfs-importer/layout";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";
import { describe, expect, it, vi } from "vitest";
import { type Bytes, copy, randomBytes } from "../../src/bytes.ts";
import { collect } from "../../src/chunks.ts";
import { fromCid, referenceOf, referenceOfStream } from "../../src/storage/cid.ts";
import { readCarStream } from "../../src/storage/stream-car.ts";

const MIB = 1 << 20;
const LIMIT = 2 ** 30;
const code = (expected: string) => expect.objectContaining({ name: "ChartkeyError", code: expected });

interface Block {
  cid: CID;
  bytes: Uint8Array;
}

/** The blocks of a file in the order of a CAR, depth first; each once or as often as it occurs. */
async function blocksOf(bytes: Bytes, options: { links?: number; chunk?: number; repeat?: boolean } = {}) {
  const { links = 1024, chunk = MIB, repeat = false } = options;
  const stored = new Map<string, Uint8Array>();
  const store = {
    put: async (cid: CID, block: unknown) => {
      stored.set(cid.toString(), block as Uint8Array);
      return cid;
    },
  };
  const profile = { chunker: fixedSize({ chunkSize: chunk }), layout: balanced({ maxChildrenPerNode: links }) };
  const { cid: root } = await importBytes(bytes, store, { cidVersion: 1, rawLeaves: true, ...profile });
  const blocks: Block[] = [];
  const seen = new Set<string>();
  const visit = (cid: CID) => {
    if (!repeat && seen.has(cid.toString())) return;
    seen.add(cid.toString());
    const block = stored.get(cid.toString())!;
    blocks.push({ cid, bytes: block });
    if (cid.code === dagPb.code) for (const { Hash } of dagPb.decode(block).Links) visit(Hash);
  };
  visit(root);
  return { root, blocks };
}

async function* carOf(root: CID, blocks: Block[]): AsyncGenerator<Uint8Array> {
  const { writer, out } = CarWriter.create([root]);
  void (async () => {
    for (const block of blocks) await writer.put(block);
    await writer.close();
  })();
  yield* out;
}

const read = (root: CID, blocks: Block[], maxSize = LIMIT) =>
  collect(readCarStream(fromCid(root), carOf(root, blocks), maxSize));

describe("a file out of a CAR stream", () => {
  it("gives back files of one block, of several, and of several levels", async () => {
    for (const [size, links] of [
      [0, 1024],
      [5, 1024],
      [MIB, 1024],
      [MIB + 1, 1024],
      [3 * MIB + 5, 1024],
      [7 * MIB, 2],
      [9 * MIB + 1, 3],
    ] as const) {
      const bytes = randomBytes(size);
      const { root, blocks } = await blocksOf(bytes, { links });
      expect(Buffer.from(await read(root, blocks)).equals(bytes), `${size} bytes`).toBe(true);
      if (links === 1024) expect(fromCid(root)).toEqual(await referenceOf(bytes));
    }
  });

  it("does not mind how the stream is cut", async () => {
    const bytes = randomBytes(2 * MIB + 100);
    const { root, blocks } = await blocksOf(bytes);
    const car = await collect(carOf(root, blocks));
    for (const size of [997, 70_000, car.length]) {
      async function* cut() {
        for (let offset = 0; offset < car.length; offset += size) yield car.subarray(offset, offset + size);
      }
      expect(Buffer.from(await collect(readCarStream(fromCid(root), cut(), LIMIT))).equals(bytes)).toBe(true);
    }
  });

  it("knows a block that occurs again, whether it is sent once or each time", async () => {
    const bytes = copy(Buffer.concat([Buffer.alloc(5 * MIB), randomBytes(MIB), Buffer.alloc(MIB), Buffer.alloc(7, 1)]));
    for (const links of [1024, 3])
      for (const repeat of [false, true]) {
        const { root, blocks } = await blocksOf(bytes, { links, repeat });
        expect(Buffer.from(await read(root, blocks)).equals(bytes), `${links} ${repeat}`).toBe(true);
      }
  });

  it("O08, O09 names blocks that are altered, missing, misplaced or another file's", async () => {
    const { root, blocks } = await blocksOf(randomBytes(4 * MIB), { links: 3 });
    const other = await blocksOf(randomBytes(4 * MIB));
    const altered = (at: number) =>
      blocks.map(({ cid, bytes }, index) => {
        const changed = copy(bytes);
        changed[changed.length - 1]! ^= 1;
        return { cid, bytes: index === at ? changed : bytes };
      });
    const swapped = [...blocks];
    [swapped[2], swapped[3]] = [swapped[3]!, swapped[2]!];
    const wrong = [
      ...blocks.map((_, index) => altered(index)),
      ...blocks.map((_, index) => blocks.filter((_block, position) => position !== index)),
      swapped,
      blocks.toReversed(),
      other.blocks,
      [],
    ];
    for (const [index, list] of wrong.entries())
      await expect(read(root, list), `case ${index}`).rejects.toEqual(code("STORE_WRONG_BYTES"));
    const car = await collect(carOf(root, blocks));
    for (const size of [0, 1, 30, 60, 100, car.length - 1])
      await expect(collect(readCarStream(fromCid(root), [car.subarray(0, size)], LIMIT))).rejects.toEqual(
        code("STORE_WRONG_BYTES"),
      );
    await expect(collect(readCarStream(fromCid(root), [randomBytes(100)], LIMIT))).rejects.toEqual(
      code("STORE_WRONG_BYTES"),
    );
  });

  it("O08 uses no byte of a block before it is checked", async () => {
    const bytes = randomBytes(3 * MIB);
    const { root, blocks } = await blocksOf(bytes);
    blocks[2] = { cid: blocks[2]!.cid, bytes: randomBytes(MIB) };
    let seen = 0;
    const reading = async () => {
      for await (const part of readCarStream(fromCid(root), carOf(root, blocks), LIMIT)) seen += part.length;
    };
    await expect(reading()).rejects.toEqual(code("STORE_WRONG_BYTES"));
    expect(seen).toBe(MIB);
  });

  it("O10 takes no file beyond the limit, no endless section, and ends the transfer", async () => {
    const { root, blocks } = await blocksOf(randomBytes(3 * MIB));
    await expect(read(root, blocks, 3 * MIB - 1)).rejects.toEqual(code("STORE_TOO_LARGE"));
    await expect(read(root, blocks, 3 * MIB)).resolves.toBeDefined();
    const cancel = vi.fn();
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        // A varint that claims 2^40 bytes, and zeros.
        controller.enqueue(sent++ === 0 ? Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x20) : new Uint8Array(65_536));
      },
      cancel,
    });
    await expect(collect(readCarStream(fromCid(root), endless, LIMIT))).rejects.toEqual(code("STORE_WRONG_BYTES"));
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(sent).toBeLessThan(10);
  });

  it("hands on the error of a connection that breaks", async () => {
    const { root, blocks } = await blocksOf(randomBytes(3 * MIB));
    const car = await collect(carOf(root, blocks));
    async function* breaking() {
      yield car.subarray(0, 2_000_000);
      throw new TypeError("terminated");
    }
    await expect(collect(readCarStream(fromCid(root), breaking(), LIMIT))).rejects.toThrow("terminated");
  });

  it("tells a file that its author stored otherwise from a store that lies", async () => {
    const malformed = code("FILE_MALFORMED");
    const small = await blocksOf(randomBytes(700_000), { chunk: 262_144 });
    await expect(read(small.root, small.blocks)).rejects.toEqual(malformed);
    const node = async (data: Uint8Array | undefined, links: dagPb.PBLink[]) => {
      const bytes = dagPb.encode(dagPb.prepare(data === undefined ? { Links: links } : { Data: data, Links: links }));
      return { cid: CID.createV1(dagPb.code, await sha256.digest(bytes)), bytes };
    };
    // UnixFS: a file (type 2), of size 0, with two blocks of 0 bytes each.
    const empty = await node(Uint8Array.of(8, 2, 24, 0), []);
    const rounds = await node(Uint8Array.of(8, 2, 24, 0, 32, 0, 32, 0), [
      dagPb.createLink("", 0, empty.cid),
      dagPb.createLink("", 0, empty.cid),
    ]);
    await expect(read(rounds.cid, [rounds, empty])).rejects.toEqual(malformed);
    // Not UnixFS; a directory; bytes of the file inside a node.
    for (const data of [undefined, Uint8Array.of(255), Uint8Array.of(8, 1), Uint8Array.of(8, 2, 18, 1, 65, 24, 1)]) {
      const bad = await node(data, []);
      await expect(read(bad.cid, [bad])).rejects.toEqual(malformed);
    }
    const rawBlock = async (bytes: Bytes) => ({ cid: CID.createV1(0x55, await sha256.digest(bytes)), bytes });
    const leaf = await rawBlock(randomBytes(7));
    const file = (sizes: number[], ...children: Block[]) =>
      node(
        Uint8Array.from([8, 2, ...sizes.flatMap((size) => [32, size])]),
        children.map(({ cid }) => dagPb.createLink("", 0, cid)),
      );
    const right = await file([7], leaf);
    await expect(read(right.cid, [right, leaf])).resolves.toEqual(leaf.bytes);
    for (const sizes of [[5], [9], [], [7, 7]]) {
      const wrong = await file(sizes, leaf);
      await expect(read(wrong.cid, [wrong, leaf]), `${sizes}`).rejects.toEqual(malformed);
    }
    const deep: Block[] = [leaf];
    for (let level = 0; level < 4; level++) deep.unshift(await file([7], deep[0]!));
    await expect(read(deep[1]!.cid, deep.slice(1))).resolves.toEqual(leaf.bytes);
    await expect(read(deep[0]!.cid, deep)).rejects.toEqual(malformed);
    const large = await rawBlock(randomBytes(MIB + 1));
    await expect(read(large.cid, [large])).rejects.toEqual(malformed);
  });
});

describe("the content id of a stream", () => {
  it("is that of the same bytes in one piece", async () => {
    for (const size of [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 7]) {
      const bytes = randomBytes(size);
      const { root } = await blocksOf(bytes);
      expect(await referenceOfStream(new Blob([bytes]).stream()), `${size}`).toEqual(fromCid(root));
      expect(await referenceOf(bytes)).toEqual(fromCid(root));
    }
  });
});
