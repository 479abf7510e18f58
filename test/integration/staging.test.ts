import {
  type Invitation,
  type UnlockedSession,
  acceptStaged,
  accountOf,
  appAt,
  declineStaged,
  decodeInvitation,
  encodeInvitation,
  hospitalAbi,
  invite,
  keepInvitation,
  payloadJson,
  readHospital,
  readKeptInvitations,
  readLedger,
  readStaged,
  readTimeline,
  requireClaimer,
  stageRecords,
  stagedFile,
  storeRights,
  unlock,
} from "@chartkey/sdk";
import { startStore } from "@chartkey/store";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getAddress } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor } from "../../scripts/lib/actor.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { encodeVoucherProof } from "../../sdk/src/workflows/voucher-proof.ts";
import { type Clinic, addressOf, claimer, openClinic, someDrafts } from "./support/staging.ts";

/** What a hospital prepares for somebody who has no key yet, until it is in his chart. */

let stack: EdrStack;
let clinic: Clinic;
const app = () => appAt(stack.storeUrl);
const code = (expected: string) => ({ code: expected });
const now = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  stack = await openEdrStack();
  clinic = await openClinic(stack);
}, 300_000);
afterAll(() => stack.close());

const stage = async (session = clinic.doctor) => stageRecords(session, await clinic.invite(), someDrafts());
const batchesOf = async (patient: UnlockedSession) =>
  (await readLedger(patient.chain, accountOf(patient))).entries.map(({ batch, hospital }) => [hospital, batch?.count]);

async function resourcesOf(patient: UnlockedSession) {
  const { entries } = await readTimeline(patient, accountOf(patient));
  return entries.flatMap(({ records }) => records).map(({ data }) => payloadJson(data) as Record<string, unknown>);
}

/** Codes of what every staged copy of an invitation gives to the claim key now; undefined for what is there. */
async function isStaged(patient: UnlockedSession, invitation: Invitation): Promise<boolean> {
  const { stagings, problems } = await readStaged(patient, invitation, app());
  for (const { problem } of problems) expect(problem.code).toBe("STAGING_GONE");
  return stagings.length > 0;
}

describe("records that are staged for an invitation", () => {
  it("O18 reach the chart of whoever claims it, in one transaction, with their source, and leave the store", async () => {
    const invitation = decodeInvitation(encodeInvitation(await stage()));
    expect(invitation.staged).toHaveLength(1);
    const patient = await claimer(stack, 3, invitation);
    const { stagings, problems } = await readStaged(patient, invitation, app());
    expect(problems).toEqual([]);
    expect(stagings[0]).toMatchObject({ from: addressOf(clinic.doctor), hospital: 1 });
    expect(stagings[0]!.items.map(({ category }) => category)).toEqual([7, 6, 3]);
    expect(await batchesOf(patient)).toEqual([]);

    const before = await patient.chain.client.getTransactionCount({ address: addressOf(patient) });
    const result = await acceptStaged(patient, invitation, app());
    expect(result).toMatchObject({ accepted: 3, refused: [], problems: [] });
    expect(result.files.map(({ outcome }) => outcome)).toEqual(["removed", "removed", "removed", "removed"]);
    expect(await patient.chain.client.getTransactionCount({ address: addressOf(patient) })).toBe(before + 1);
    expect(await batchesOf(patient)).toEqual([[0, 4]]);
    const [source, observation, ...others] = await resourcesOf(patient);
    expect(observation).toMatchObject({ resourceType: "Observation", valueString: "Secret 9.1" });
    expect(others.map(({ resourceType }) => resourceType)).toEqual(["Immunization", "AllergyIntolerance"]);
    const references = (source!["target"] as { reference: string }[]).map(({ reference }) => reference);
    expect(references).toEqual(["Observation/o1", expect.stringMatching(/^urn:uuid:/), "AllergyIntolerance/a1"]);
    expect(JSON.stringify(source)).toContain((await readHospital(patient.chain, 1)).address);
    expect(await isStaged(patient, invitation)).toBe(false);
    // Once more: it is in the ledger already.
    expect(await acceptStaged(patient, invitation, app())).toMatchObject({ accepted: 3, problems: [] });
    expect(await batchesOf(patient)).toEqual([[0, 4]]);
  });

  it("are kept for a claimer who has a key, on every device, until he has taken or declined them", async () => {
    const invitation = await stage(clinic.admin);
    const patient = await claimer(stack, 4, invitation);
    await keepInvitation(patient, invitation);
    const session = await actor(stack, 4);
    const elsewhere = { ...session, vault: await unlock(session) };
    const [kept] = await readKeptInvitations(elsewhere);
    expect(kept).toMatchObject(invitation);
    expect(await acceptStaged(elsewhere, kept!, app())).toMatchObject({ accepted: 3 });
    expect(await readKeptInvitations(elsewhere)).toEqual([]);
  });

  it("O18 are kept while a store says that a list is gone: it may have it again", async () => {
    const { staged, ...invitation } = await stage();
    const both = { ...invitation, staged: [...staged!, `0x${"ee".repeat(32)}` as const] };
    const patient = await claimer(stack, 15, both);
    await keepInvitation(patient, both);
    const problems = [{ problem: code("STAGING_GONE") }];
    expect(await acceptStaged(patient, both, app())).toMatchObject({ accepted: 3, problems });
    expect(await readKeptInvitations(patient)).toEqual([expect.objectContaining(both)]);
  });

  it("are removed when they are declined, and nothing comes into the chart", async () => {
    const invitation = await stage();
    const patient = await claimer(stack, 5, invitation);
    const files = await declineStaged(patient, invitation, app());
    expect(files.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(Array(4).fill("staged removed"));
    expect(await batchesOf(patient)).toEqual([]);
    const problems = [{ problem: code("STAGING_GONE") }];
    expect(await acceptStaged(patient, invitation, app())).toMatchObject({ accepted: 0, problems });
  });

  it("need an invitation with a secret, of a patient, that is open", async () => {
    const { admin } = clinic;
    const named = await invite(admin, 1, { role: "patient", account: addressOf(admin) });
    await expect(stageRecords(admin, named, someDrafts())).rejects.toMatchObject(code("STAGING_NEEDS_LINK"));
    const staff = await invite(admin, 1, { role: "doctor", speciality: 2 });
    await expect(stageRecords(admin, staff, someDrafts())).rejects.toMatchObject(code("STAGING_NOT_A_PATIENT"));
    const late = await clinic.invite(now() - 10);
    const over = code("REVERT_Hospital_VoucherExpired");
    await expect(stageRecords(admin, late, someDrafts())).rejects.toMatchObject(over);
    const open = await clinic.invite();
    await expect(stageRecords(admin, open, [])).rejects.toMatchObject(code("STAGING_SIZE"));
    const other = { ...open, chainId: 1 };
    await expect(stageRecords(admin, other, someDrafts())).rejects.toMatchObject(code("INVITATION_WRONG_CHAIN"));
  });

  it("are staged by admins and doctors of that hospital alone, and fetched by whoever holds the invitation", async () => {
    const stranger = await actor(stack, 9);
    const invitation = await clinic.invite();
    await expect(stageRecords(stranger, invitation, someDrafts())).rejects.toMatchObject(code("STORE_FORBIDDEN"));
    const forged = { ...invitation, voucher: { ...invitation.voucher, expiry: invitation.voucher.expiry + 1 } };
    await expect(stageRecords(clinic.admin, forged, someDrafts())).rejects.toMatchObject(code("STORE_FORBIDDEN"));
    const { staged, voucher } = await stage();
    const read = stranger.store.getDocument(staged![0]!, stagedFile(voucher.claimKey));
    await expect(read).rejects.toMatchObject(code("STORE_FORBIDDEN"));
  });

  it("are not taken over by whom the invitation does not belong to", async () => {
    const invitation = await stage();
    const patient = await claimer(stack, 6, invitation);
    const session = await actor(stack, 4);
    const other = { ...session, vault: await unlock(session) };
    await expect(acceptStaged(other, invitation, app())).rejects.toMatchObject(code("STAGING_CLAIMED_BY_ANOTHER"));
    await expect(requireClaimer(patient, invitation)).resolves.toBeUndefined();
    const unclaimed = await stage();
    const outsider = { ...clinic.admin };
    await expect(acceptStaged(outsider, unclaimed, app())).rejects.toMatchObject(code("STAGING_NOT_MEMBER"));
    // Sent by mistake to somebody who is a patient already: it would be another's records in his chart.
    await expect(acceptStaged(patient, unclaimed, app())).rejects.toMatchObject(code("STAGING_NOT_CLAIMED"));
    expect(await isStaged(patient, invitation)).toBe(true);
  });
});

describe("the store keeps what is staged", () => {
  const awaited = (invitation: Invitation) =>
    storeRights(clinic.admin.chain).isAwaited(invitation.voucher.claimKey, encodeVoucherProof(invitation));

  it("O18 until the chain says that the invitation is withdrawn or over, and longer for who claimed it", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "chartkey-staging-"));
    const gate = { rights: storeRights(clinic.admin.chain), sweepEveryMs: 100, freshForMs: 0 };
    const store = await startStore({ dataDir, port: 0, gate });
    const urls = { ...stack, storeUrl: store.url, storeUrls: [store.url] as const };
    const admin = { ...clinic.admin, ...(await actor({ ...urls, storeUrls: [store.url] }, 1)) };
    const claimed = await stage();
    await claimer(stack, 12, claimed);
    const invitation = await stageRecords(admin, await clinic.invite(), someDrafts());
    expect([await awaited(claimed), await awaited(invitation)]).toEqual([true, true]);
    const { staged, voucher } = invitation;
    const there = () => admin.store.getDocument(staged![0]!, stagedFile(voucher.claimKey));
    await expect(there()).resolves.toBeDefined();

    const { address } = await readHospital(admin.chain, 1);
    const call = { address, abi: hospitalAbi, functionName: "revokeVouchers", args: [] } as const;
    const { account, chain } = admin.wallet;
    const hash = await admin.wallet.writeContract({ ...call, account, chain });
    await admin.chain.client.waitForTransactionReceipt({ hash });
    expect([await awaited(claimed), await awaited(invitation)]).toEqual([true, false]);
    // Who staged it reads it back as long as it is there; then nothing says that it ever was.
    await vi.waitFor(
      () =>
        expect(there()).rejects.toMatchObject({
          code: expect.stringMatching(/^STORE_(NOT_FOUND|FORBIDDEN)$/) as string,
        }),
      { timeout: 60_000 },
    );
    await expect.poll(() => there().catch((error: unknown) => error)).toMatchObject(code("STORE_FORBIDDEN"));
    await store.close();
    await rm(dataDir, { recursive: true, force: true });

    const open = await stage();
    const snapshot = await stack.control("evm_snapshot");
    await stack.control("evm_increaseTime", 8 * 86_400);
    await stack.control("evm_mine");
    expect([await awaited(claimed), await awaited(open)]).toEqual([true, false]);
    await stack.control("evm_increaseTime", 31 * 86_400);
    await stack.control("evm_mine");
    expect(await awaited(claimed)).toBe(false);
    await stack.control("evm_revert", snapshot);
    expect(await storeRights(admin.chain).isAwaited(getAddress(open.voucher.claimKey), "bm90IGEgdm91Y2hlcg")).toBe(
      false,
    );
  });
});
