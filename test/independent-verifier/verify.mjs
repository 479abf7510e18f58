// A second verifier of docs/export-format.md, written from that page and docs/protocol.md without the sdk: SHA-256 of Node,
// Keccak-256 and RLP of ethers. `node verify.mjs CONTRACTS FILE...`: a line of JSON for each; CONTRACTS is a contracts.json.
import need from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeRlp, encodeRlp, id, keccak256, zeroPadValue } from "ethers";

const bytesOf = (hex) => Buffer.from(hex.slice(2), "hex");
const sha256 = (bytes) => `0x${createHash("sha256").update(bytes).digest("hex")}`;
const join = (...parts) => Buffer.concat(parts.map(bytesOf));
const word = (value) => (typeof value === "string" ? value.slice(2) : value.toString(16)).padStart(64, "0");
const abi = (...values) => Buffer.from(values.map(word).join(""), "hex");
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const sorted = (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(byName)) : value);
const byName = ([left], [right]) => (left < right ? -1 : 1);
const canonical = (value) => JSON.stringify(value, sorted);
/** Members and what they are: x and bytes, n and bits, another form; * for lists, ? for what may be absent. */
const FORMS = {
  export: `v:n1 kind:text chainId:n53 deployment:deployment patient:x20 head:x32 headers:x* receipts:block* entries:entry*
    documents:document* digest:x32`,
  deployment: `registry:x20 keyDirectory:x20 consent:x20 records:x20 appointments:x20 prescriptions:x20 accessLog:x20
    fromBlock:n32`,
  block: "block:n32 receipts:x*",
  entry: `block:n32 kind:text recordId:x32 author:x20 hospital:n32 categories:n10 time:n40 payload:x32 codec:n1 wraps:x32
    batch?:batch leaves?:x32* items?:item*`,
  batch: "root:x32 count:n32",
  item: "index:n32 category:n4 codec:n1 payload:x32",
  document: "codec:n1 digest:x32 data?:text",
};
const NAMES = "HospitalRegistry KeyDirectory ConsentRegistry RecordRegistry Appointments Prescriptions AccessLog";
const PARTS = NAMES.split(" ").map((name, at) => [name, FORMS.deployment.split(/:x20\s+/)[at]]);
function has(value, form) {
  if (form.endsWith("*")) return Array.isArray(value) && value.every((item) => has(item, form.slice(0, -1)));
  if (form === "text") return typeof value === "string";
  const size = Number(/^[xn](\d*)$/.exec(form)?.[1] ?? -1);
  if (size >= 0 && form[0] === "n") return Number.isSafeInteger(value) && value >= 0 && value < 2 ** size;
  const isHex = typeof value === "string" && /^0x([0-9a-f]{2})*$/.test(value);
  if (size >= 0) return isHex && (size === 0 || value.length === 2 + 2 * size);
  const members = FORMS[form].split(/\s+/).map((member) => member.split(/(\??):/));
  if (!isObject(value) || Object.keys(value).some((name) => members.every(([known]) => known !== name))) return false;
  return members.every(([name, optional, kind]) => (name in value ? has(value[name], kind) : optional === "?"));
}
// Blocks (Yellow Paper, 4.3 and appendix D).
const integer = (rlp) => (rlp === "0x" ? 0n : BigInt(rlp));
/** Whether a block may have its difficulty (docs/protocol.md), after its parent or as the first of the file. */
function isDue(block, parent, chainId) {
  const [chain, aim, least] = ((parent ?? block).rule ?? [chainId.toString(16), 1, 1]).map((hex) => BigInt(`0x${hex}`));
  if (parent === undefined) return Number(chain) === chainId && aim > 0n && least > 0n && block.work >= least;
  const passed = block.time - parent.time;
  const due = (parent.work * 16n * aim) / (15n * aim + (parent.rule && (passed > aim || !parent.used) ? passed : aim));
  return String(block.rule) === String(parent.rule) && block.work === (due > least ? due : least);
}
function readHeaders({ headers, deployment, chainId }) {
  need(headers.length > 0, "links");
  let parent;
  return headers.map((rlp, index) => {
    const fields = decodeRlp(rlp);
    need(encodeRlp(fields) === rlp && fields.length >= 15, "links");
    const [work, number, , used, time] = fields.slice(7, 12).map(integer);
    need(number === BigInt(deployment.fromBlock + index) && (index === 0 || fields[0] === parent.hash), "links");
    const rule = /^0x706f77636861696e(.{16})(.{16})(.{16})$/.exec(fields[12])?.slice(1);
    const block = { number: Number(number), hash: keccak256(rlp), work, used, time, rule };
    if (chainId === 20265 || work > 0n || parent?.work > 0n) {
      need(work > 0n && !(time < parent?.time) && isDue(block, parent, chainId), "seals");
      const digest = sha256(join(sha256(bytesOf(encodeRlp(fields.toSpliced(13, 2)))), fields[14]));
      need(number === 0n || (digest === fields[13] && BigInt(digest) <= (2n ** 256n - 1n) / work), "seals");
    }
    return (parent = { ...block, receiptsRoot: fields[5], bloom: bytesOf(fields[6]) });
  });
}
function mayHold(bloom, items) {
  const bits = items.flatMap((item) => [0, 2, 4].map((at) => bytesOf(keccak256(item)).readUInt16BE(at) & 2047));
  return bits.every((bit) => (bloom[255 - (bit >> 3)] >> (bit & 7)) & 1);
}
function trieNode(leaves, depth) {
  const [path, value] = leaves[0];
  const prefix = (rest, flag) => `0x${rest.length % 2 ? `${flag + 1}${rest}` : `${flag}0${rest}`}`;
  if (leaves.length === 1) return [prefix(path.slice(depth), 2), value];
  const below = (part, from) => {
    const node = trieNode(part, from);
    return encodeRlp(node).length < 66 ? node : keccak256(encodeRlp(node));
  };
  let shared = depth;
  while (leaves.every(([other]) => other[shared] === path[shared])) shared++;
  if (shared > depth) return [prefix(path.slice(depth, shared), 0), below(leaves, shared)];
  const children = [..."0123456789abcdef"].map((digit) => leaves.filter(([other]) => other[depth] === digit));
  return [...children.map((part) => (part.length === 0 ? "0x" : below(part, depth + 1))), "0x"];
}
function rootOf(receipts) {
  const key = (index) => encodeRlp(index === 0 ? "0x" : `0x${word(index).replace(/^(00)+/, "")}`).slice(2);
  const leaves = receipts.map((receipt, index) => [key(index), receipt]);
  return keccak256(encodeRlp(leaves.length === 0 ? "0x" : trieNode(leaves, 0)));
}
// The ledger (docs/protocol.md).
const ANCHORED = id("EntryAnchored(address,address,bytes32,uint32,uint8,uint8,uint40,bytes32,bytes32)");
const BATCH = id("BatchAnchored(address,address,bytes32,uint32,uint16,uint32,uint40,bytes32,bytes32,bytes32)");
const SUCCEEDED = id("Succeeded(address,address,address)");
function checkReceipts({ receipts, deployment, patient }, headers) {
  const { records, keyDirectory } = deployment;
  const facts = [ANCHORED, BATCH].map((event) => [records, event]).concat([[keyDirectory, SUCCEEDED]]);
  const owner = zeroPadValue(patient, 32);
  const needed = headers.filter(({ bloom }) => facts.some((fact) => mayHold(bloom, [...fact, owner])));
  const given = new Map(receipts.map((item) => [item.block, item.receipts]));
  const isProved = ({ number, receiptsRoot }) => given.has(number) && rootOf(given.get(number)) === receiptsRoot;
  need(given.size === needed.length && given.size === receipts.length && needed.every(isProved), "receipts");
}
function entriesIn({ receipts, deployment, patient }) {
  let actor = patient;
  const logsOf = (receipt) => decodeRlp(receipt < "0x8" ? `0x${receipt.slice(4)}` : receipt)[3];
  const inOrder = receipts.toSorted((left, right) => left.block - right.block);
  const logs = inOrder.flatMap(({ block, receipts }) => receipts.flatMap(logsOf).map((log) => [block, ...log]));
  return logs.flatMap(([block, from, [event, owner, second, recordId], data]) => {
    if (owner !== zeroPadValue(patient, 32)) return [];
    const author = `0x${second.slice(26)}`;
    if (from === deployment.keyDirectory && event === SUCCEEDED) actor = author;
    if (from !== deployment.records || (event !== ANCHORED && event !== BATCH)) return [];
    const words = data.match(/(?<=^0x(.{64})*).{64}/g).map((text) => `0x${text}`);
    const [hospital, categories, third, time] = words.map(Number);
    const [root, payload, wraps] = words.slice(-3);
    need(hospital !== 0 || author === actor, "entries");
    const entry = { block, recordId, author, hospital, categories, time, payload, wraps };
    if (event === ANCHORED) return { ...entry, kind: "entry", codec: third };
    return { ...entry, kind: "batch", codec: 0, batch: { root, count: third } };
  });
}
function checkHead({ chainId, deployment, patient, entries, head }) {
  let last = `0x${word(0)}`;
  for (const { recordId, author, hospital, categories, codec, batch, time, payload, wraps } of entries) {
    const sequence = Number(`0x${last.slice(58)}`) + 1;
    const where = [chainId, deployment.records, last, sequence, patient, author, hospital, categories];
    const own = batch ? [batch.count, time, batch.root] : [codec, time];
    const hash = sha256(abi(batch ? 1 : 0, ...where, ...own, payload, wraps));
    need(recordId === hash.slice(0, 58) + word(sequence).slice(-8), "ledger");
    last = recordId;
  }
  need(last === head, "ledger");
}
function merkleRoot(leaves) {
  if (leaves.length === 1) return leaves[0];
  const left = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(join("0x01", merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left))));
}
function checkBatch({ chainId, deployment, patient }, { author, batch, leaves, items = [] }) {
  const isWhole = leaves?.length > 0 && leaves.length === batch?.count && merkleRoot(leaves) === batch.root;
  need(batch === undefined ? leaves === undefined && items.length === 0 : leaves === undefined || isWhole, "batches");
  for (const { index, category, codec, payload } of items) {
    const leaf = abi(chainId, deployment.records, patient, author, index, category, codec, payload);
    need(leaves?.[index] === sha256(Buffer.concat([Buffer.of(0), leaf])), "batches");
  }
}
// Ciphertexts: of more than 1 MiB, the digest is that of a UnixFS node over blocks of 1 MiB, of which it names at most 1024.
function rootBlock(file) {
  const MIB = 2 ** 20;
  if (file.length <= MIB) return { codec: 0, digest: sha256(file) };
  need(file.length <= 1024 * MIB, "documents");
  const blockAt = (_, index) => file.subarray(index * MIB, (index + 1) * MIB);
  const blocks = Array.from({ length: Math.ceil(file.length / MIB) }, blockAt);
  const varint = (value) => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);
  const field = (tag, bytes) => Buffer.from([tag, ...varint(bytes.length), ...bytes]);
  const cid = (block) => field(0x0a, join("0x01551220", sha256(block)));
  const links = blocks.map((block) => field(0x12, [...cid(block), 0x12, 0, 0x18, ...varint(block.length)]));
  const sizes = blocks.flatMap((block) => [0x20, ...varint(block.length)]);
  const data = field(0x0a, [0x08, 2, 0x18, ...varint(file.length), ...sizes]);
  return { codec: 1, digest: sha256(Buffer.concat([...links, data])) };
}
function checkDocuments({ entries, documents }) {
  const own = ({ codec, payload, items = [] }) => [{ codec, payload }, ...items];
  const named = entries.flatMap((entry) => own(entry).toSpliced(1, 0, { codec: 0, payload: entry.wraps }));
  const names = new Set(named.map(({ codec, payload }) => canonical({ codec, digest: payload })));
  need([...names].join() === documents.map(({ codec, digest }) => canonical({ codec, digest })).join(), "documents");
  for (const { codec, digest, data } of documents.filter((document) => document.data !== undefined)) {
    const bytes = Buffer.from(data, "base64url");
    const isSame = canonical(rootBlock(bytes)) === canonical({ codec, digest });
    need(isSame && bytes.toString("base64url") === data, "documents");
  }
}
function check(bytes, contracts) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const file = JSON.parse(text);
  need(canonical(file) === text && has(file, "export") && file.v === 1 && file.kind === "chartkey-ledger", "form");
  const { digest, ...content } = file;
  need(sha256(canonical(content)) === digest, "digest");
  const isAt = ([name, part]) => contracts.contracts[name].address.toLowerCase() === file.deployment[part];
  need(file.chainId === contracts.chainId && PARTS.every(isAt), "deployment");
  const headers = readHeaders(file);
  checkReceipts(file, headers);
  const listed = file.entries.map(({ leaves: _leaves, items: _items, ...entry }) => entry);
  need(canonical(entriesIn(file)) === canonical(listed), "entries");
  checkHead(file);
  for (const entry of file.entries) checkBatch(file, entry);
  checkDocuments(file);
  return { ok: true, entries: file.entries.length, block: headers.at(-1).number, blockHash: headers.at(-1).hash };
}
for (const path of process.argv.slice(3))
  try {
    console.log(JSON.stringify(check(readFileSync(path), JSON.parse(readFileSync(process.argv[2], "utf8")))));
  } catch (error) {
    console.log(JSON.stringify({ ok: false, failed: error.code === "ERR_ASSERTION" ? error.message : "malformed" }));
    process.exitCode = 1;
  }
