import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Chain,
  type Session,
  type UnlockedSession,
  acceptSuccession,
  auditConsent,
  auditLedger,
  bookAppointment,
  claim,
  confirmMember,
  consentRegistryAbi,
  createHospital,
  fromUtf8,
  grantAccess,
  invite,
  keyDirectoryAbi,
  prepareRenewal,
  proposeSuccessor,
  publishAvailability,
  publishKey,
  publishRecord,
  readActor,
  readHospital,
  readProposal,
  readProposalsTo,
  readRecoveredBy,
  readRecovery,
  readSucceeded,
  readSuccessionDelay,
  readTimeline,
  readVisits,
  revokeAccess,
  setAccreditation,
  setRecovery,
  unlock,
  utf8,
  vetoSuccessor,
} from "@chartkey/sdk";
import { exportLedger, verifyAgainstChain, verifyExport } from "@chartkey/sdk/verify";
import { type Hex, createPublicClient, custom, encodeEventTopics, toFunctionSelector } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { generationOf } from "../../sdk/src/chain/head.ts";

/** A patient loses the wallet: the recovery address proposes a successor, who takes over the account and its chart. */

const TEXT = { contentType: "text/plain" };
const draft = (text: string) => ({ category: 7, meta: TEXT, data: utf8(text) });
const soon = () => Math.floor(Date.now() / 1000) + 3600;
const addressOf = ({ wallet }: Session) => wallet.account.address;
const reads = (session: UnlockedSession) =>
  readTimeline(session, addressOf(lost)).then(({ entries }) =>
    entries.flatMap(({ records }) => records.map(({ data }) => fromUtf8(data))),
  );

let dataDir: string;
let stack: Stack;
let doctor: UnlockedSession;
/** The patient with the wallet that is lost later. */
let lost: UnlockedSession;
let recoveryCode: string;
let recovery: Session;
let heir: Session;
/** The heir, acting for the patient. */
let successor: UnlockedSession;

/** Chain and test share a clock, since they share a process. */
let ahead = 0;
function pass(seconds: number): void {
  ahead += seconds * 1000;
}

beforeAll(async () => {
  const realNow = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-succession-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  doctor = await unlockedActor(stack, 2);
  const patient = await actor(stack, 3);
  const made = await publishKey(patient);
  [lost, recoveryCode] = [{ ...patient, vault: made.vault }, made.recoveryCode];
  [heir, recovery] = [await actor(stack, 6), await actor(stack, 7)];

  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Okafor" });
  const staff = { account: addressOf(doctor), name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
  await claim(lost, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  await publishRecord(lost, addressOf(lost), draft("before"));
  await grantAccess(lost, { grantee: addressOf(doctor), hospital: 1, read: [7], write: [7], expiry: soon() });
});

afterAll(async () => {
  vi.restoreAllMocks();
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** The chain as a node shows it that alters its answers. */
function throughLiar(alter: (method: string, params: unknown, result: unknown) => unknown): Chain {
  const { client } = lost.chain;
  const request = async (asked: { method: string; params?: unknown }) =>
    alter(asked.method, asked.params, await client.request(asked as never));
  return { ...lost.chain, client: createPublicClient({ transport: custom({ request }) }) };
}

/** A node that withholds the events with a topic. */
function withholding(topic: Hex | undefined, more: (method: string, params: unknown) => unknown = () => undefined) {
  return throughLiar((method, params, result) => {
    if (method === "eth_getLogs") return (result as { topics: Hex[] }[]).filter(({ topics }) => topics[0] !== topic);
    return more(method, params) ?? result;
  });
}

const [SUCCEEDED] = encodeEventTopics({ abi: keyDirectoryAbi, eventName: "Succeeded" });
const [CONSENT_SUCCEEDED] = encodeEventTopics({ abi: consentRegistryAbi, eventName: "ConsentSucceeded" });
const failing = ({ checks }: { checks: { name: string; ok: boolean }[] }) =>
  checks.filter(({ ok }) => !ok).map(({ name }) => name);

describe("the way to a successor", () => {
  it("begins with a recovery address that the patient names", async () => {
    expect(await readRecovery(lost.chain, addressOf(lost))).toBeUndefined();
    await expect(proposeSuccessor(recovery, addressOf(lost), addressOf(heir))).rejects.toMatchObject({
      code: "REVERT_Succession_NotEntitled",
    });
    await setRecovery(lost, addressOf(recovery));
    expect(await readRecoveredBy(lost.chain, addressOf(recovery))).toEqual([addressOf(lost)]);
    expect(await readRecovery(lost.chain, addressOf(lost))).toBe(addressOf(recovery));
  });

  it("takes a proposal that the owner can veto", async () => {
    await proposeSuccessor(recovery, addressOf(lost), addressOf(doctor));
    expect(await readProposalsTo(lost.chain, addressOf(doctor))).toEqual([addressOf(lost)]);
    await vetoSuccessor(lost, addressOf(lost));
    expect(await readProposal(lost.chain, addressOf(lost))).toBeUndefined();
    expect(await readProposalsTo(lost.chain, addressOf(doctor))).toEqual([]);
  });

  it("takes the delay and the successor's own acceptance", async () => {
    await proposeSuccessor(recovery, addressOf(lost), addressOf(heir));
    const delay = await readSuccessionDelay(lost.chain);
    const proposal = await readProposal(lost.chain, addressOf(lost));
    expect(proposal).toMatchObject({ successor: addressOf(heir) });
    expect(proposal!.effective - Math.floor(Date.now() / 1000)).toBeGreaterThan(delay - 10);
    await expect(acceptSuccession(heir, addressOf(lost))).rejects.toMatchObject({
      code: "REVERT_Succession_TooEarly",
    });
    pass(delay);
    await expect(acceptSuccession(recovery, addressOf(lost))).rejects.toMatchObject({
      code: "REVERT_Succession_NotProposed",
    });
    expect(await readActor(lost.chain, addressOf(lost))).toBe(addressOf(lost));
    expect(await readSucceeded(lost.chain, addressOf(heir))).toEqual([]);
    await acceptSuccession(heir, addressOf(lost));
    expect(await readActor(lost.chain, addressOf(lost))).toBe(addressOf(heir));
    expect(await readSucceeded(lost.chain, addressOf(heir))).toEqual([addressOf(lost)]);
    expect(await readRecoveredBy(lost.chain, addressOf(recovery))).toEqual([]);
  });

  it("leaves the lost wallet no power over the chart", async () => {
    const terms = { grantee: addressOf(doctor), hospital: 1, read: [5], write: [], expiry: soon() };
    // The store's yes is good for two seconds; the contract's no is not.
    const refusedBy = (error: string) => ({
      code: expect.stringMatching(`^(STORE_FORBIDDEN|REVERT_${error})$`) as string,
    });
    await expect(grantAccess(lost, terms)).rejects.toMatchObject(refusedBy("Delegates_NotMandated"));
    await expect(revokeAccess(lost, addressOf(doctor))).rejects.toMatchObject({
      code: "REVERT_Delegates_NotMandated",
    });
    await expect(publishRecord(lost, addressOf(lost), draft("late"))).rejects.toMatchObject(
      refusedBy("RecordRegistry_NoAccess"),
    );
    await expect(setRecovery(lost, undefined)).rejects.toMatchObject({ code: "REVERT_Succession_NotEntitled" });
  });

  it("notices a node that hides the successor from the list of consent and makes the head fit", async () => {
    const { changes } = await auditConsent(lost.chain, addressOf(lost));
    const selector = toFunctionSelector("consentHead(address)");
    const liar = withholding(CONSENT_SUCCEEDED, (method, params) => {
      const isHead = method === "eth_call" && (params as [{ data: Hex }])[0].data.startsWith(selector);
      return isHead ? changes[0]!.head : undefined;
    });
    expect((await auditConsent(liar, addressOf(lost))).finding).toBeUndefined();
    expect(failing(await verifyAgainstChain(liar, addressOf(lost)))).toEqual(["consent"]);
  });
});

describe("the successor", () => {
  it("opens the patient's vault with the recovery code", async () => {
    const session = { ...heir, account: addressOf(lost) };
    successor = { ...session, vault: await unlock(session, { type: "recovery", code: recoveryCode }) };
    expect(await reads(successor)).toEqual(["before"]);
  });

  it("seals it anew: his own wallet opens it, with a new key, and nothing of the one before does", async () => {
    const session = { ...heir, account: addressOf(lost) };
    const code = { type: "recovery", code: recoveryCode } as const;
    const renewed = await prepareRenewal(session, code);
    await renewed.publish();
    successor = { ...session, vault: await unlock(session) };
    expect(successor.vault.identity.publicBytes).not.toEqual(lost.vault.identity.publicBytes);
    expect(await reads(successor)).toEqual(["before"]);
    await expect(unlock(lost)).rejects.toMatchObject({ code: "STORE_FORBIDDEN" });
    await expect(unlock(session, code)).rejects.toMatchObject({ code: "CRYPTO_OPEN_FAILED" });
    await unlock(session, { type: "recovery", code: renewed.recoveryCode });
  });

  it("grants and adds under the patient's account, and everybody granted reads on", async () => {
    const grantee = addressOf(doctor);
    await publishRecord(successor, addressOf(lost), draft("by the successor"));
    await grantAccess(successor, { grantee, hospital: 1, read: [7], write: [7], expiry: soon() });
    await publishRecord(doctor, addressOf(lost), draft("by the doctor"));
    const all = ["by the doctor", "by the successor", "before"];
    expect(await reads(successor)).toEqual(all);
    expect(await reads(doctor)).toEqual(all);
    const { entries, finding } = await auditLedger(lost.chain, addressOf(lost));
    expect(finding).toBeUndefined();
    expect(entries.map(({ author, hospital }) => [author, hospital])).toEqual([
      [addressOf(lost), 0],
      [addressOf(heir), 0],
      [grantee, 1],
    ]);
  });

  it("stands in the list of consent, whose head counts the successions", async () => {
    const { changes, grants, head, finding } = await auditConsent(lost.chain, addressOf(lost));
    expect(finding).toBeUndefined();
    expect(changes.map(({ kind }) => kind)).toEqual(["grant", "succession", "grant"]);
    expect(grants.map(({ grantee }) => grantee)).toEqual([addressOf(doctor)]);
    expect([changes[0]!.head, head].map(generationOf)).toEqual([0, 1]);
  });

  it("books, revokes and ends up with no grant left", async () => {
    const day = Math.floor(Date.now() / 86_400_000) + 1;
    await publishAvailability(doctor, { hospital: 1, firstDay: day, open: [[40]] });
    await bookAppointment(successor, { hospital: 1, doctor: addressOf(doctor), day, slot: 40 }, TEXT, utf8("{}"));
    expect(await readVisits(lost.chain, { patient: addressOf(lost) })).toMatchObject([{ state: "requested" }]);
    await revokeAccess(successor, addressOf(doctor));
    expect((await auditConsent(lost.chain, addressOf(lost))).grants).toEqual([]);
  });
});

describe("checking a chart that has a successor", () => {
  it("holds against the chain, and as an export", async () => {
    const report = await verifyAgainstChain(lost.chain);
    expect(failing(report)).toEqual([]);
    expect(report).toMatchObject({ ok: true, patients: 1, entries: 3 });
    const file = await verifyExport(await exportLedger(lost, addressOf(lost)));
    expect(failing(file)).toEqual([]);
    expect(file).toMatchObject({ ok: true, subject: { entries: 3 } });
  });

  it("names the entry of the successor when a node withholds the succession", async () => {
    const { finding, entries } = await auditLedger(withholding(SUCCEEDED), addressOf(lost));
    expect(finding).toMatchObject({ code: "LEDGER_FOREIGN_AUTHOR", details: { recordId: entries[1]!.recordId } });
    await expect(exportLedger({ ...lost, chain: withholding(SUCCEEDED) }, addressOf(lost))).rejects.toMatchObject({
      code: "LEDGER_FOREIGN_AUTHOR",
    });
    expect((await auditConsent(withholding(CONSENT_SUCCEEDED), addressOf(lost))).finding).toMatchObject({
      code: "CONSENT_INCOMPLETE",
    });
  });
});
