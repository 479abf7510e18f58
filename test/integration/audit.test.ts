import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Anchor,
  ChartReader,
  type Chain,
  type FileScope,
  type LedgerEntry,
  PUBLIC_FILE,
  type Session,
  type UnlockedSession,
  auditConsent,
  auditLedger,
  categoryFile,
  chartFile,
  entryFile,
  findInBatches,
  letterTo,
  readAnchors,
  readHospitals,
  readLedger,
  referenceOf,
  utf8,
} from "@chartkey/sdk";
import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { seed } from "../../scripts/seed.ts";

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
/** Everybody that the seed gives a key. */
let everybody: Session[];

const account = () => patient.wallet.account.address;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-audit-"));
  stack = await startTestStack({ dataDir });
  await seed(stack);
  patient = await unlockedActor(stack, 3);
  everybody = await Promise.all(Array.from({ length: 10 }, (_, index) => actor(stack, index)));
});

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The chain through a node whose answers to `eth_getLogs` are changed on the way. */
function through(chain: Chain, change: (logs: Record<string, unknown>[]) => unknown[]): Chain {
  const getLogs = async (filter: never) => change((await chain.client.getLogs(filter)) as never);
  return { ...chain, client: { ...chain.client, getLogs } as never };
}

/** The category that requests for a visit are filed under. */
const VISITS = 8;

/** Somebody whom a store gives what an anchor names, and what it belongs to. */
function readerOf(
  { kind, account, recordId }: Anchor,
  hospital: Address,
  entries: readonly LedgerEntry[],
): [Session, FileScope] {
  if (kind === "profile") return [patient, PUBLIC_FILE];
  if (kind === "card") return [everybody[1]!, letterTo(hospital)];
  const owner = everybody.find(({ wallet }) => wallet.account.address === account);
  if (owner === undefined || account === undefined) throw new Error(`nobody reads the ${kind}`);
  if (kind === "vault") return [owner, letterTo(account)];
  if (kind === "keyring") return [owner, chartFile(account, 0x3fe)];
  const entry = entries.find((each) => each.recordId === recordId);
  return [owner, entry === undefined ? categoryFile(account, VISITS) : entryFile(entry)];
}

describe("auditing a filled chain", () => {
  it("finds nothing where nothing is wrong", async () => {
    expect((await auditLedger(patient.chain, account())).finding).toBeUndefined();
    expect((await auditConsent(patient.chain, account())).finding).toBeUndefined();
  });

  it("names the entry at which an altered ledger breaks, and keeps the entries to show", async () => {
    const { entries } = await readLedger(patient.chain, account());
    const victim = entries[2]!;
    const lying = through(patient.chain, (logs) =>
      logs.map((log) => {
        const args = log["args"] as Record<string, unknown>;
        return args["recordId"] === victim.recordId ? { ...log, args: { ...args, hospital: 9 } } : log;
      }),
    );
    const audit = await auditLedger(lying, account());
    expect(audit.finding).toMatchObject({ code: "LEDGER_BROKEN", details: { recordId: victim.recordId } });
    expect(audit.entries).toHaveLength(entries.length);
    await expect(readLedger(lying, account())).rejects.toMatchObject({ code: "LEDGER_BROKEN" });
  });

  it("notices withheld entries and withheld changes of consent", async () => {
    const silent = through(patient.chain, (logs) => logs.slice(0, -1));
    expect((await auditLedger(silent, account())).finding?.code).toMatch(/^LEDGER_/);
    expect((await auditConsent(silent, account())).finding?.code).toBe("CONSENT_INCOMPLETE");
  });

  it("finds what anchors a file, of every kind that the seed makes", async () => {
    const { anchors, entries } = await readAnchors(patient.chain, await patient.chain.client.getBlockNumber());
    const kinds = new Set(anchors.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual(
      ["card", "keyring", "manifest", "payload", "profile", "request", "requestWraps", "vault", "wraps"].toSorted(),
    );
    const [hospital] = await readHospitals(patient.chain);
    for (const anchor of anchors) {
      const [reader, file] = readerOf(anchor, hospital!.address, entries);
      const bytes = await reader.store.get({ codec: anchor.codec, digest: anchor.digest }, file);
      expect(await referenceOf(bytes)).toEqual({ codec: anchor.codec, digest: anchor.digest });
    }
    expect(anchors.filter(({ kind }) => kind === "manifest")).toHaveLength(
      entries.filter(({ kind }) => kind === "batch").length,
    );
  });

  it("finds a file among the records of a batch without any key, and no other file", async () => {
    const { entries } = await readLedger(patient.chain, account());
    const batch = entries.find(({ kind }) => kind === "batch")!;
    const [, item] = await new ChartReader(patient, account()).batchItems(batch);
    const { index, category, codec, payload } = item!;
    const readOnly = { chain: patient.chain, store: patient.store };
    expect(await findInBatches(readOnly, entries, { codec, digest: payload })).toEqual({
      found: [{ recordId: batch.recordId, index, category }],
      unknown: [],
    });
    expect(await findInBatches(readOnly, entries, await referenceOf(utf8("other")))).toEqual({
      found: [],
      unknown: [],
    });
  });

  it("says which batches it could not look into", async () => {
    const { entries } = await readLedger(patient.chain, account());
    const batch = entries.find(({ kind }) => kind === "batch")!;
    const store = { ...patient.store, getDocument: async () => utf8('{"leaves":[1]}') };
    const search = await findInBatches({ chain: patient.chain, store: store as never }, entries, {
      codec: 0,
      digest: batch.wraps,
    });
    expect(search).toEqual({ found: [], unknown: [batch.recordId] });
  });
});
