import {
  type Carrier,
  type DraftKeeper,
  type Invitation,
  Outbox,
  type Phase,
  type UnlockedSession,
  type Wallet,
  acceptStaged,
  accountOf,
  appAt,
  readLedger,
  readStaged,
  stageRecords,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliver } from "../../sdk/src/workflows/deliver.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { type Clinic, claimer, openClinic, someDrafts } from "./support/staging.ts";

/** Whatever stops a take-over, the same call goes on, and the chart has what was staged once. */

let stack: EdrStack;
let clinic: Clinic;
const app = () => appAt(stack.storeUrl);
const code = (expected: string) => ({ code: expected });

beforeAll(async () => {
  stack = await openEdrStack();
  clinic = await openClinic(stack);
}, 300_000);
afterAll(() => stack.close());

const stage = async () => stageRecords(clinic.doctor, await clinic.invite(), someDrafts());
const batchesOf = async (patient: UnlockedSession) =>
  (await readLedger(patient.chain, accountOf(patient))).entries.map(({ batch, hospital }) => [hospital, batch?.count]);
const isStaged = async (patient: UnlockedSession, invitation: Invitation) =>
  (await readStaged(patient, invitation, app())).stagings.length > 0;

/** A keeper whose drafts outlive the program, as files would. */
function keeper(): DraftKeeper {
  const drafts = new Map<string, Parameters<DraftKeeper["keep"]>[1]>();
  return {
    keep: async (name, sealed) => void drafts.set(name, structuredClone(sealed)),
    names: async () => [...drafts.keys()],
    read: async (name) => drafts.get(name),
    drop: async (name) => void drafts.delete(name),
    lock: async () => async () => undefined,
  };
}

describe("a take-over that is interrupted", () => {
  const PHASES: Phase[] = ["checking", "encrypting", "uploading", "confirming", "mining", "done"];

  it.each([
    ["O18 without an outbox", 7, false],
    ["O18 with an outbox", 8, true],
  ])("%s goes on after every step, and anchors once", async (_, index, hasOutbox) => {
    const invitation = await stage();
    const patient = await claimer(stack, index, invitation);
    const outbox = hasOutbox ? { outbox: new Outbox(keeper(), patient.vault, { patience: 2_000 }) } : {};
    for (const phase of PHASES) {
      const die = (entered: Phase) => {
        if (entered === phase) throw new Error(`killed at ${phase}`);
      };
      await expect(acceptStaged({ ...patient, ...outbox }, invitation, app(), { onPhase: die })).rejects.toThrow();
    }
    expect(await acceptStaged({ ...patient, ...outbox }, invitation, app())).toMatchObject({ accepted: 3 });
    expect(await batchesOf(patient)).toEqual([[0, 4]]);
    expect(await isStaged(patient, invitation)).toBe(false);
  });

  const plain: Carrier = { carry: deliver };

  it.each([
    ["O20 without an outbox", 10, {}],
    ["O20 with a carrier that knows no drafts by their list", 13, { outbox: plain }],
  ])("%s sends nothing while its transaction waits for a block", async (_, index, outbox) => {
    const invitation = await stage();
    const patient = { ...(await claimer(stack, index, invitation)), ...outbox };
    await stack.control("evm_setAutomine", false);
    const sent = Promise.withResolvers<void>();
    const first = acceptStaged(patient, invitation, app(), {
      onPhase: (phase) => phase === "mining" && sent.resolve(),
    });
    await sent.promise;
    await expect(acceptStaged(patient, invitation, app())).rejects.toMatchObject(code("CHAIN_TX_PENDING"));
    await stack.control("evm_setAutomine", true);
    await stack.control("evm_mine");
    expect(await first).toMatchObject({ accepted: 3 });
    expect(await batchesOf(patient)).toEqual([[0, 4]]);
  });

  it("O22 makes no second batch while the ledger does not show the one that an outbox sent", async () => {
    const invitation = await stage();
    const patient = await claimer(stack, 14, invitation);
    const outbox = { ...plain, resume: () => Promise.resolve(`0x${"ab".repeat(32)}` as const) };
    const accepting = acceptStaged({ ...patient, outbox }, invitation, app());
    await expect(accepting).rejects.toMatchObject(code("CHAIN_TX_PENDING"));
    expect(await batchesOf(patient)).toEqual([]);
  });

  it("O18 keeps everything when the wallet declines", async () => {
    const invitation = await stage();
    const patient = await claimer(stack, 11, invitation);
    const writeContract = () => Promise.reject(Object.assign(new Error(), { code: 4001 }));
    const declining = { ...patient, wallet: { ...patient.wallet, writeContract } as unknown as Wallet };
    await expect(acceptStaged(declining, invitation, app())).rejects.toMatchObject(code("WALLET_REJECTED"));
    expect(await isStaged(patient, invitation)).toBe(true);
    expect(await acceptStaged(patient, invitation, app())).toMatchObject({ accepted: 3 });
  });
});
