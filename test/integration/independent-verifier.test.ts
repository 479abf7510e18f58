import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChartReader, type UnlockedSession, publishBatch, publishRecord, utf8 } from "@chartkey/sdk";
import { type LedgerExport, exportLedger, verifyExport } from "@chartkey/sdk/verify";
import { type Hex, fromRlp, toRlp } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { FORGERIES, forge } from "../../sdk/test/verify/forgeries.ts";
import { canonicalBytes } from "../../sdk/src/json.ts";
import { digestOf } from "../../sdk/src/verify/export.ts";
import { changedLeaves } from "../support/changed-bits.ts";
import { independentVerdicts } from "../support/independent-verifier.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** The verifier of test/independent-verifier, which knows nothing of the sdk, and the sdk's, on the same files. */

const draft = (category: number, text: string) => ({ category, meta: { contentType: "text/plain" }, data: utf8(text) });

let dataDir: string;
let stack: Stack;
let bytes: Uint8Array;
let nobody: Uint8Array;
let file: LedgerExport;

it("is small enough to be read by whoever has to trust it", async () => {
  const source = await readFile(new URL("../independent-verifier/verify.mjs", import.meta.url), "utf8");
  expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  expect(source).not.toMatch(/from "(@chartkey|\.)/);
});

const verdicts = (...files: Uint8Array[]) => independentVerdicts(dataDir, ...files);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-independent-"));
  stack = await startTestStack({ dataDir });
  const patient: UnlockedSession = await unlockedActor(stack, 3);
  const account = patient.wallet.account.address;
  // Of more than one block of the store: its digest is that of a node over its blocks.
  const image = { category: 7, meta: { contentType: "image/png" }, data: new Uint8Array(randomBytes(2_500_000)) };
  await publishRecord(patient, account, image);
  await publishBatch(patient, account, [draft(7, "a"), draft(5, "b"), draft(7, "c")]);
  await publishRecord(patient, account, draft(5, "last"));
  const reader = new ChartReader(patient, account);
  const itemsOf = async (entry: Parameters<typeof reader.batchItems>[0]) =>
    (await reader.batchItems(entry)).map(({ index, category, codec, payload }) => ({
      index,
      category,
      codec,
      payload,
    }));
  bytes = await exportLedger(patient, account, { withPayloads: true, itemsOf });
  nobody = await exportLedger(patient, "0x00000000000000000000000000000000000000aa");
  file = JSON.parse(new TextDecoder().decode(bytes)) as LedgerExport;
});

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("the verifier without the sdk", () => {
  it("finds what the sdk's finds in exports that hold", async () => {
    const { ok, subject } = await verifyExport(bytes);
    const { entries, block, blockHash } = subject!;
    expect(file.documents.some(({ codec, data }) => codec === 1 && data !== undefined)).toBe(true);
    const [whole, empty] = await verdicts(bytes, nobody);
    expect(whole).toEqual({ ok, entries, block, blockHash });
    expect(whole).toMatchObject({ ok: true, entries: 3 });
    expect(empty).toMatchObject({ ok: true, entries: 0 });
  });

  it("refuses every forgery that the sdk's refuses, by a check that the sdk names as well", async () => {
    const forged = await Promise.all(FORGERIES.map(([, alter]) => forge(file, alter)));
    const found = await verdicts(...forged);
    expect(found).toHaveLength(FORGERIES.length);
    for (const [index, [name]] of FORGERIES.entries()) {
      const { checks } = await verifyExport(forged[index]!);
      expect(found[index]!.ok, name).toBe(false);
      expect(
        checks.filter(({ ok }) => !ok).map((check) => check.name),
        name,
      ).toContain(found[index]!.failed);
    }
  });

  it("O14 refuses with the sdk's one changed bit in any value, though the digest was made to fit", async () => {
    // Without the bytes of the large file, which make each of the files large.
    const { digest: _digest, ...content } = JSON.parse(
      new TextDecoder().decode(
        await forge(file, ({ documents }) => documents.forEach((each) => each.codec === 1 && delete each.data)),
      ),
    ) as LedgerExport;
    const changed = [...changedLeaves(content, 60)];
    const files = await Promise.all(
      changed.map(async ([, value]) => canonicalBytes({ ...value, digest: await digestOf(value) })),
    );
    const found = await verdicts(...files);
    const vague = "The content is not of a kind that can be checked.";
    for (const [index, [place]] of changed.entries()) {
      const { ok, checks } = await verifyExport(files[index]!);
      const named = checks.filter((check) => !check.ok && check.detail !== vague).map(({ detail }) => detail);
      expect({ ok, named }, place).toEqual({ ok: false, named: expect.arrayContaining([expect.any(String)]) });
      expect(found[index]!.ok, place).toBe(false);
    }
    expect(new Set(changed.map(([place]) => place)).size).toBeGreaterThan(100);
  });

  it("refuses changed bytes, other spellings, and members that an export does not have", async () => {
    const step = Math.ceil(nobody.length / 60);
    const flipped = Array.from({ length: 60 }, (_, index) => {
      const at = Math.min(index * step, nobody.length - 1);
      return nobody.with(at, nobody[at]! ^ (1 << (index % 8)));
    });
    const spellings = [JSON.stringify(file, null, 1), "", "null", "[]", '{"v":1}', "[".repeat(100_000)].map(utf8);
    const more = await Promise.all([
      forge(file, (forged) => Object.assign(forged, { more: 1 })),
      forge(file, (forged) => Object.assign(forged.entries[0]!, { more: 1 })),
      forge(file, (forged) => Object.assign(forged, { v: 2 })),
    ]);
    const found = await verdicts(...flipped, ...spellings, ...more);
    expect(found.filter(({ ok }) => ok)).toEqual([]);
    expect(found).toHaveLength(flipped.length + spellings.length + more.length);
  });

  it("refuses blocks without their work, and links that do not hold", async () => {
    const half = file.headers.length >> 1;
    const [broken, lazy] = await verdicts(
      await forge(file, (forged) => forged.headers.splice(half, 1, forged.headers[half - 1]!)),
      // Another nonce of the last header breaks no link.
      await forge(file, (forged) => {
        const last = [...(fromRlp(forged.headers.at(-1)!, "hex") as Hex[])];
        last[14] = `0x${"ff".repeat(8)}`;
        forged.headers.splice(-1, 1, toRlp(last));
      }),
    );
    expect(broken).toEqual({ ok: false, failed: "links" });
    expect(lazy).toEqual({ ok: false, failed: "seals" });
  });
});
