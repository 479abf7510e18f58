import {
  type DraftKeeper,
  Outbox,
  type OutboxOptions,
  type UnlockedSession,
  type Wallet,
  accountOf,
  contentStore,
  fromUtf8,
  openRecord,
  publishBatch,
  publishRecord,
  readLedger,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { type Pooled, replace, waiting } from "./support/pool.ts";

/** What became of a write is what the ledger says, whatever happened to its transaction. */

let stack: EdrStack;
let patient: UnlockedSession;

beforeAll(async () => {
  stack = await openEdrStack();
  patient = await unlockedActor(stack, 3);
}, 300_000);
afterAll(() => stack.close());
afterEach(async () => {
  await stack.control("evm_setAutomine", true);
  await stack.control("evm_mine");
});

type Sealed = Parameters<DraftKeeper["keep"]>[1];

const nowhere = () => ({ store: contentStore("http://127.0.0.1:9") });

/** A keeper whose drafts outlive the outbox, as files would. */
function keeper(): DraftKeeper & { drafts: Map<string, Sealed> } {
  const drafts = new Map<string, Sealed>();
  let last = Promise.resolve();
  return {
    drafts,
    keep: async (name, sealed) => void drafts.set(name, structuredClone(sealed)),
    names: async () => [...drafts.keys()],
    read: async (name) => drafts.get(name),
    drop: async (name) => void drafts.delete(name),
    lock: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const before = last;
      last = promise;
      await before;
      return async () => resolve();
    },
  };
}

/** The program as it is started once: another one has the same keeper and nothing else in common. */
function program(kept: DraftKeeper, options: OutboxOptions = {}, change: Partial<UnlockedSession> = {}) {
  const outbox = new Outbox(kept, patient.vault, { patience: 2_000, ...options });
  const session = { ...patient, outbox, ...change };
  const list = async () => (await outbox.list(session)).drafts;
  return { session, retry: (id: Hex) => outbox.retry(session, id), list, outbox };
}

let count = 0;
const note = () => ({ category: 2, meta: { contentType: "text/plain" }, data: utf8(`Note ${(count += 1)}`) });
const write = ({ session }: ReturnType<typeof program>, draft = note()) =>
  publishRecord(session, accountOf(session), draft);

/** Record ids of the ledger's entries of one draft. */
async function entriesOf(id: string): Promise<Hex[]> {
  const { entries } = await readLedger(patient.chain, accountOf(patient));
  return entries.filter(({ payload }) => payload === id).map(({ recordId }) => recordId);
}

async function onlyDraft({ list }: ReturnType<typeof program>) {
  const drafts = await list();
  expect(drafts).toHaveLength(1);
  return drafts[0]!;
}

const code = (expected: string) => ({ code: expected });

const settled = (writing: Promise<unknown>) =>
  writing.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

describe("an outbox", () => {
  it("O18 keeps what was declined, opens it in another run and anchors it once", async () => {
    const kept = keeper();
    const refuse = {
      ...patient.wallet,
      writeContract: () => Promise.reject(Object.assign(new Error(), { code: 4001 })),
    };
    const first = program(kept, {}, { wallet: refuse as unknown as Wallet });
    await expect(write(first)).rejects.toMatchObject(code("WALLET_REJECTED"));
    expect(JSON.stringify([...kept.drafts])).not.toContain("Note");
    const second = program(kept);
    const { id, state } = await onlyDraft(second);
    expect([state, await entriesOf(id)]).toEqual(["unsent", []]);
    const recordId = await second.retry(id);
    expect(await second.retry(id)).toBe(recordId);
    expect(await entriesOf(id)).toEqual([recordId]);
    expect(await openRecord(patient, accountOf(patient), recordId)).toMatchObject({
      records: [{ meta: { contentType: "text/plain" } }],
    });
  });

  it("O18 keeps what no store took, and drops it once its entry is deep enough", async () => {
    const kept = keeper();
    await expect(write(program(kept, {}, nowhere()))).rejects.toMatchObject(code("STORE_UNREACHABLE"));
    const again = program(kept, { depth: 3 });
    const { id } = await onlyDraft(again);
    const held = await again.outbox.read(again.session, id);
    expect([held?.meta.contentType, fromUtf8(held!.data)]).toEqual(["text/plain", `Note ${count}`]);
    const stranger = await unlockedActor(stack, 4);
    await expect(new Outbox(kept, stranger.vault).read(stranger, id)).rejects.toMatchObject(code("DRAFT_UNKNOWN"));
    await again.retry(id);
    expect(await onlyDraft(again)).toMatchObject({ state: "anchored", kind: "record", categories: 1 << 2 });
    await stack.control("hardhat_mine", "0x3");
    expect(await again.list()).toEqual([]);
    expect(kept.drafts.size).toBe(0);
  });

  it("O18 does not anchor a second time what a program sent before it died", async () => {
    const kept = keeper();
    const dying = async (...args: Parameters<Wallet["writeContract"]>) => {
      await patient.wallet.writeContract(...args);
      throw new Error("killed");
    };
    const wallet = { ...patient.wallet, writeContract: dying } as unknown as Wallet;
    await expect(write(program(kept, {}, { wallet }))).rejects.toThrow();
    await stack.control("evm_setAutomine", false);
    await expect(write(program(kept, {}, { wallet }))).rejects.toThrow();
    const again = program(kept);
    const [mined, pending] = await again.list();
    expect([mined?.state, pending?.state]).toEqual(["anchored", "sent"]);
    expect(await again.retry(mined!.id)).toBe(mined!.recordId);
    await expect(again.retry(pending!.id)).rejects.toMatchObject(code("CHAIN_TX_PENDING"));
    await expect(again.outbox.discard(again.session, pending!.id)).rejects.toMatchObject(code("CHAIN_TX_PENDING"));
    await stack.control("evm_mine");
    const recordId = await again.retry(pending!.id);
    expect(await entriesOf(pending!.id)).toEqual([recordId]);
    expect(await entriesOf(mined!.id)).toHaveLength(1);
  });

  it("O18 does not say that nothing was sent when the disk is full after the wallet sent it", async () => {
    const kept = keeper();
    let isFull = false;
    const full: DraftKeeper = {
      ...kept,
      keep: (name, sealed) => (isFull ? Promise.reject(new Error("no room")) : kept.keep(name, sealed)),
    };
    const sending: typeof patient.wallet.writeContract = async (request) => {
      isFull = true;
      return patient.wallet.writeContract(request);
    };
    const wallet = { ...patient.wallet, writeContract: sending } as Wallet;
    const recordId = await write(program(full, {}, { wallet }));
    const { id, state } = await onlyDraft(program(kept));
    expect(state).toBe("anchored");
    expect(await entriesOf(id)).toEqual([recordId]);
  });

  it("O18 sends nothing that its author did not write: forged, renamed and damaged drafts stay closed", async () => {
    const kept = keeper();
    const stranger = await unlockedActor(stack, 9);
    // Somebody who writes to the directory and has every public key, in the patient's name.
    const forging = new Outbox(kept, stranger.vault);
    const forged = { ...patient, outbox: forging, ...nowhere() };
    await expect(publishRecord(forged, accountOf(patient), note())).rejects.toMatchObject(code("STORE_UNREACHABLE"));
    await expect(write(program(kept, {}, nowhere()))).rejects.toMatchObject(code("STORE_UNREACHABLE"));
    const [own] = (await program(kept).list()).map(({ id }) => id);
    const [foreign, sealed] = [...kept.drafts.keys()];
    kept.drafts.set("00", structuredClone(kept.drafts.get(sealed!)!));
    kept.drafts.set("01", utf8("{"));
    const { session, outbox, retry } = program(kept);
    const { drafts, closed } = await outbox.list(session);
    expect(drafts.map(({ id }) => id)).toEqual([own]);
    expect(new Set(closed)).toEqual(new Set([foreign, "00", "01"]));
    // What is in the ledger for everybody to see does not tell whose draft it was.
    expect(own).not.toContain(sealed);
    const [hidden] = (await forging.list(forged)).drafts;
    await expect(retry(hidden!.id)).rejects.toMatchObject(code("DRAFT_UNKNOWN"));
    const recordId = await retry(own!);
    expect(await entriesOf(own!)).toEqual([recordId]);
  });

  it(
    "O20 anchors once what another program sends while this one still uploads, or at the same time",
    { timeout: 120_000 },
    async () => {
      const kept = keeper();
      const gate = Promise.withResolvers<void>();
      const slow = Object.create(patient.store) as typeof patient.store;
      slow.put = async (...args) => {
        await gate.promise;
        return patient.store.put(...args);
      };
      const uploading = write(program(kept, { patience: 60_000 }, { store: slow }));
      const { id } = await vi.waitFor(() => onlyDraft(program(kept)), { timeout: 60_000, interval: 50 });
      const recordId = await program(kept).retry(id);
      gate.resolve();
      expect(await uploading).toBe(recordId);
      expect(await entriesOf(id)).toEqual([recordId]);

      await expect(write(program(kept, {}, nowhere()))).rejects.toMatchObject(code("STORE_UNREACHABLE"));
      const second = (await program(kept).list()).find(({ state }) => state === "unsent")!.id;
      await stack.control("evm_setAutomine", false);
      const both = [program(kept), program(kept)].map(({ retry }) => settled(retry(second)));
      await waiting(stack);
      expect(await Promise.all(both)).toMatchObject([
        { error: code("CHAIN_TX_PENDING") },
        { error: code("CHAIN_TX_PENDING") },
      ]);
      await stack.control("evm_mine");
      expect(await entriesOf(second)).toHaveLength(1);
      expect((await program(kept).list()).map(({ state }) => state)).toEqual(["anchored", "anchored"]);
    },
  );

  it("O18 carries a batch and two writes at a time, each to one entry", async () => {
    const kept = keeper();
    const { session, list } = program(kept, { depth: 0 });
    const account = accountOf(session);
    const ids = await Promise.all([
      publishBatch(session, account, [note(), note(), note()]),
      publishRecord(session, account, note()),
      publishRecord(session, account, note()),
    ]);
    expect(new Set(ids).size).toBe(3);
    expect(await list()).toEqual([]);
  });

  it("O20 tells a replaced transaction from a mined one, and sends the draft again", async () => {
    const kept = keeper();
    const first = program(kept, { patience: 60_000 });
    await stack.control("evm_setAutomine", false);
    const writing = settled(write(first));
    await replace(patient.wallet, await waiting(stack), { to: accountOf(patient) });
    await stack.control("evm_mine");
    expect(await writing).toMatchObject({ error: code("CHAIN_TX_REPLACED") });
    await stack.control("evm_setAutomine", true);
    const { id, state } = await onlyDraft(program(kept));
    expect([state, await entriesOf(id)]).toEqual(["unsent", []]);
    const recordId = await program(kept).retry(id);
    expect(await entriesOf(id)).toEqual([recordId]);
  });

  it("O20 tells a transaction that was replaced before its node showed it", async () => {
    const kept = keeper();
    await stack.control("evm_setAutomine", false);
    const writeContract = async (request: Parameters<Wallet["writeContract"]>[0]) => {
      const hash = await patient.wallet.writeContract(request);
      await replace(patient.wallet, await waiting(stack), { to: accountOf(patient) });
      await stack.control("evm_mine");
      return hash;
    };
    const wallet = { ...patient.wallet, writeContract } as Wallet;
    await expect(write(program(kept, {}, { wallet }))).rejects.toMatchObject(code("CHAIN_TX_REPLACED"));
    const { id, state } = await onlyDraft(program(kept));
    expect([state, await entriesOf(id)]).toEqual(["unsent", []]);
  });

  it("O20 follows a transaction that was sent again for a higher fee", async () => {
    const kept = keeper();
    await stack.control("evm_setAutomine", false);
    const writing = settled(write(program(kept, { patience: 60_000 })));
    const sent = await waiting(stack);
    await replace(patient.wallet, sent, { to: sent.to, data: sent.input });
    await stack.control("evm_mine");
    const { value } = (await writing) as { value: Hex };
    const { id, recordId } = await onlyDraft(program(kept));
    expect([recordId, await entriesOf(id)]).toEqual([value, [value]]);
    expect(await program(kept).retry(id)).toBe(value);
  });

  it("O21 keeps the draft of a dropped transaction, and sends it in the dropped one's place", async () => {
    const kept = keeper();
    await stack.control("evm_setAutomine", false);
    const writing = settled(write(program(kept)));
    const { hash, nonce } = await waiting(stack);
    expect(await stack.control("hardhat_dropTransaction", hash)).toBe(true);
    expect(await writing).toMatchObject({ error: code("CHAIN_TX_PENDING") });
    const { id, state } = await onlyDraft(program(kept));
    expect(state).toBe("sent");
    await stack.control("evm_setAutomine", true);
    const recordId = await program(kept, { patience: 60_000 }).retry(id);
    expect(await entriesOf(id)).toEqual([recordId]);
    const { entries } = await readLedger(patient.chain, accountOf(patient));
    const { transactionHash } = entries.find((entry) => entry.recordId === recordId)!;
    // With the same nonce, the dropped one cannot be mined any more, whoever still has it.
    const mined = (await stack.control("eth_getTransactionByHash", transactionHash)) as { nonce: Hex };
    expect(mined.nonce).toBe(nonce);
  });

  it("O22 keeps the draft of an entry that a reorganisation took back, and anchors it once", async () => {
    const kept = keeper();
    const snapshot = await stack.control("evm_snapshot");
    const first = await write(program(kept));
    const { id, state } = await onlyDraft(program(kept));
    expect([state, await entriesOf(id)]).toEqual(["anchored", [first]]);
    const { entries } = await readLedger(patient.chain, accountOf(patient));
    const { transactionHash } = entries.at(-1)!;
    const before = (await stack.control("eth_getTransactionByHash", transactionHash)) as { nonce: Hex };
    expect(await stack.control("evm_revert", snapshot)).toBe(true);
    await stack.control("hardhat_mine", "0x8"); // The other history is longer, as it is when one takes the place of another.
    expect(await entriesOf(id)).toEqual([]);
    expect((await onlyDraft(program(kept))).state).toBe("sent");
    const recordId = await program(kept).retry(id);
    expect(await entriesOf(id)).toEqual([recordId]);
    const after = await readLedger(patient.chain, accountOf(patient));
    const mined = (await stack.control("eth_getTransactionByHash", after.entries.at(-1)!.transactionHash)) as Pooled;
    expect(mined.nonce).toBe(before.nonce);
  });
});
