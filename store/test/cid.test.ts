import { createCipheriv, createHash } from "node:crypto";
import * as dagPb from "@ipld/dag-pb";
import { CID } from "multiformats/cid";
import { expect, it } from "vitest";
import { PROFILE, collect, collectBytes, dagPbCid, openStore, rawCid, someBytes } from "./support/fixture.ts";

const MIB = 1024 * 1024;

it("gives the CIDs Kubo publishes for small files", async () => {
  const { client } = await openStore();
  const cidOf = async (text: string): Promise<string> => (await client.add(text, PROFILE)).cid.toString();
  expect(await cidOf("")).toBe("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
  expect(await cidOf("hello world")).toBe("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
  expect(await cidOf("hello world\n")).toBe(rawCid(Buffer.from("hello world\n")));
});

/** Test data and CIDs of Kubo's own profile tests, test/cli/cid_profiles_test.go: ChaCha20 keyed by a hashed seed. */
it.each([
  [MIB, "bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta"],
  [MIB + 1, "bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64"],
])("gives Kubo's CID for its test file of %i bytes", async (length, cid) => {
  const { client } = await openStore();
  const key = createHash("sha256").update("chunk-v1-seed").digest();
  const content = createCipheriv("chacha20", key, Buffer.alloc(16)).update(Buffer.alloc(length));
  expect((await client.add(content, PROFILE)).cid.toString()).toBe(cid);
});

it("gives Kubo's version 0 CID with Kubo's defaults", async () => {
  const { client } = await openStore();
  const { cid } = await client.add("hello world\n");
  expect(cid.toString()).toBe("QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o");
  expect((await collectBytes(client.cat(cid))).toString()).toBe("hello world\n");
});

it("builds the DAG of a file of several chunks as rebuilt by hand", async () => {
  const { client } = await openStore();
  const content = someBytes(2 * MIB + 12_345);
  const leaves = [content.subarray(0, MIB), content.subarray(MIB, 2 * MIB), content.subarray(2 * MIB)];
  const root = fileNode(leaves);
  const added = await client.add(content, PROFILE);
  expect(added.cid.toString()).toBe(dagPbCid(root));
  expect(added.size).toBe(root.length + content.length);
  expect(Buffer.from(await client.block.get(added.cid))).toEqual(Buffer.from(root));
  expect((await collectBytes(client.cat(added.cid))).equals(content)).toBe(true);
});

it("starts a second level of nodes after max-file-links leaves", async () => {
  const { client } = await openStore();
  const content = someBytes(5);
  const profile = { ...PROFILE, chunker: "size-1", maxFileLinks: 4 };
  const { cid } = await client.add(content, profile);
  const left = fileNode([...content.subarray(0, 4)].map((byte) => Buffer.of(byte)));
  const right = fileNode([content.subarray(4)]);
  const root = parentNode([
    { cid: dagPbCid(left), fileBytes: 4, dagBytes: left.length + 4 },
    { cid: dagPbCid(right), fileBytes: 1, dagBytes: right.length + 1 },
  ]);
  expect(cid.toString()).toBe(dagPbCid(root));
});

it("computes a CID without storing with only-hash", async () => {
  const { client, store } = await openStore();
  const content = someBytes();
  const [added] = await collect(client.addAll([content], { ...PROFILE, onlyHash: true }));
  expect(added?.cid.toString()).toBe(rawCid(content));
  expect(await (await fetch(`${store.url}/health`)).json()).toEqual({ status: "ok", blocks: 0, pins: 0 });
});

interface Child {
  readonly cid: string;
  readonly fileBytes: number;
  readonly dagBytes: number;
}

function fileNode(leaves: Uint8Array[]): Uint8Array {
  return parentNode(leaves.map((leaf) => ({ cid: rawCid(leaf), fileBytes: leaf.length, dagBytes: leaf.length })));
}

/** A UnixFS file node: protobuf fields type (1) = file (2), filesize (3), and one blocksize (4) per child. */
function parentNode(children: Child[]): Uint8Array {
  const total = children.reduce((sum, child) => sum + child.fileBytes, 0);
  const sizes = children.flatMap((child) => [0x20, ...varint(child.fileBytes)]);
  return dagPb.encode({
    Data: Uint8Array.from([0x08, 2, 0x18, ...varint(total), ...sizes]),
    Links: children.map((child) => ({ Name: "", Tsize: child.dagBytes, Hash: CID.parse(child.cid) })),
  });
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
