import { createHash } from "node:crypto";
import * as dagPb from "@ipld/dag-pb";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import * as digest from "multiformats/hashes/digest";
import { sha256 } from "multiformats/hashes/sha2";
import { MAX_BLOCK_BYTES } from "../cid.ts";
import { linksOf } from "../dag.ts";
import { readSingleFile } from "../http/multipart.ts";
import { sendJson } from "../http/respond.ts";
import type { RpcCommand } from "./context.ts";
import type { Params } from "./params.ts";
import { invalid } from "./params.ts";

/** `block/put`: stores one block as it is. */
export const blockPut: RpcCommand = async ({ repo, settings, params, request, response }) => {
  const toCid = blockFormat(params);
  const pin = params.flag("pin", false);
  const limits = { maxBytes: MAX_BLOCK_BYTES, idleTimeoutMs: settings.idleTimeoutMs };
  await repo.withLease(async (lease) => {
    const bytes = await readSingleFile(request, limits);
    const cid = toCid(bytes);
    linksOf(cid, bytes); // a block that does not decode could not be walked later
    await repo.blocks.put(cid, bytes, lease);
    if (pin) await repo.pins.add(cid, lease);
    sendJson(response, { Key: cid.toString(), Size: bytes.length });
  });
};

/** `block/get`: the bytes of one block. */
export const blockGet: RpcCommand = async ({ repo, params, response }) => {
  const bytes = await repo.blocks.get(params.cid());
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes.length });
  response.end(bytes);
};

/** `block/stat`: the size of one block, which must be intact. */
export const blockStat: RpcCommand = async ({ repo, params, response }) => {
  const cid = params.cid();
  const { length } = await repo.blocks.get(cid);
  sendJson(response, { Key: cid.toString(), Size: length });
};

/** What the CID of a stored block looks like; `format` is the older name of `cid-codec`, where v0 was possible. */
function blockFormat(params: Params): (bytes: Uint8Array) => CID {
  params.expect("mhtype", "sha2-256");
  params.expect("mhlen", "-1");
  const format = params.text("cid-codec") ?? params.text("format") ?? "raw";
  const hash = (bytes: Uint8Array) => digest.create(sha256.code, createHash("sha256").update(bytes).digest());
  switch (format) {
    case "raw":
      return (bytes) => CID.createV1(raw.code, hash(bytes));
    case "dag-pb":
    case "protobuf":
      return (bytes) => CID.createV1(dagPb.code, hash(bytes));
    case "v0":
      return (bytes) => CID.createV0(hash(bytes));
    default:
      throw invalid('"cid-codec" must be raw or dag-pb');
  }
}
