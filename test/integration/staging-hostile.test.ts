import {
  type Invitation,
  type Phase,
  type Session,
  type UnlockedSession,
  acceptStaged,
  accountOf,
  appAt,
  canonicalBytes,
  randomBytes,
  readLedger,
  readTimeline,
  setMemberActive,
  readHospital,
  stageRecords,
  stagedFile,
  toBase64Url,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { actor } from "../../scripts/lib/actor.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { sealPayload } from "../../sdk/src/crypto/payload.ts";
import { referenceOf } from "../../sdk/src/storage/cid.ts";
import {
  type StagedItem,
  type StagedList,
  sealList,
  stagingContext,
  stagingIdentity,
  stagingTypedData,
} from "../../sdk/src/workflows/staged-list.ts";
import { encodeVoucherProof } from "../../sdk/src/workflows/voucher-proof.ts";
import { type Clinic, addressOf, claimer, draftOf, openClinic, someDrafts } from "./support/staging.ts";

/** A doctor who stages what he likes, for a patient who has just claimed an invitation. */

const FHIR = "application/fhir+json";

let stack: EdrStack;
let clinic: Clinic;
let invitation: Invitation;
let index = 2;

beforeAll(async () => {
  stack = await openEdrStack();
  clinic = await openClinic(stack);
}, 300_000);
afterAll(() => stack.close());
beforeEach(async () => {
  invitation = await clinic.invite();
  index += 1;
});

const claims = (staged: Invitation) => claimer(stack, index, staged);
const accept = (patient: UnlockedSession, staged: Invitation) => acceptStaged(patient, staged, appAt(stack.storeUrl));
const scopeOf = ({ voucher }: Invitation, proof = invitation) =>
  stagedFile(voucher.claimKey, encodeVoucherProof(proof));

interface Content {
  category: number;
  meta: { contentType: string; [key: string]: unknown };
  data: Uint8Array;
}

async function item(name: string, { category, meta, data }: Content, change: Partial<StagedItem> = {}) {
  const { doctor } = clinic;
  const key = randomBytes(32);
  const { id: chainId, deployment } = doctor.chain;
  const patient = invitation.voucher.claimKey;
  const context = { chainId, registry: deployment.records, patient, author: addressOf(doctor), category };
  const bytes = await sealPayload(key, context, meta, data);
  await doctor.store.put(bytes, scopeOf(invitation));
  const { codec, digest: payload } = await referenceOf(bytes);
  return { category, codec, payload, key: toBase64Url(key), name, ...change };
}

interface Forgery {
  list?: Partial<StagedList>;
  signer?: Session;
  /** Which invitation it is sealed for. */
  sealedFor?: Invitation;
}

/** The invitation with a list of these items, as the doctor's own program might write it. */
async function withList(items: StagedItem[], { list: change = {}, signer, sealedFor = invitation }: Forgery = {}) {
  const { doctor } = clinic;
  const { id: chainId, deployment } = doctor.chain;
  const list: StagedList = {
    ...{ chainId, registry: deployment.records, hospital: 1, claimKey: invitation.voucher.claimKey },
    ...{ from: addressOf(doctor), time: Math.floor(Date.now() / 1000), items, ...change },
  };
  const { wallet } = signer ?? doctor;
  const typedData = stagingTypedData(invitation.hospitalAddress, list);
  const signature = await wallet.signTypedData({ ...typedData, account: wallet.account });
  const { publicBytes } = await stagingIdentity(sealedFor);
  const document = await sealList(publicBytes, stagingContext(sealedFor), { ...list, signature });
  const { digest } = await doctor.store.put(document, scopeOf(invitation));
  return { ...invitation, staged: [digest] };
}

const good = () => item("good", draftOf({ resourceType: "Basic", id: "b1", code: { text: "Entry" } }));

describe("a record that is not what its list says", () => {
  it("O08 O11 O12 is refused and named, and the rest goes on", async () => {
    const observation = { resourceType: "Observation", status: "final", code: { text: "Sugar" } };
    const content = (value: unknown, category = 7, contentType = FHIR) => ({
      ...{ category, meta: { contentType }, data: canonicalBytes(value) },
    });
    const missing = `0x${"ab".repeat(32)}` as Hex;
    const other = await good();
    const notice = { v: 1, records: [{ recordId: missing, index: 0, state: "erased" }] };
    const items = [
      await item("missing", content(observation), { payload: missing }),
      await item("wrong digest", content(observation), { payload: other.payload }),
      await item("wrong key", content(observation), { key: toBase64Url(randomBytes(32)) }),
      await item("wrong category", content(observation, 6)),
      await item("other category", content(observation), { category: 6 }),
      await item("not valid", content({ resourceType: "Observation", status: "final" })),
      await item("not FHIR", content({ hello: "world" })),
      await item("no resource of R4", content({ resourceType: "Nonsense" })),
      await item("bundle", content({ resourceType: "Bundle", type: "collection", entry: [] }, 1)),
      await item("notice", content(notice, 1, "application/vnd.chartkey.notice+json")),
      await item("file", { category: 9, meta: { contentType: "application/pdf" }, data: utf8("%PDF") }),
      await item("deep", { ...content(observation), data: utf8(`${"[".repeat(9999)}${"]".repeat(9999)}`) }),
      await item("proto", { ...content(observation), data: utf8('{"__proto__":{},"resourceType":"Observation"}') }),
      await good(),
    ];
    const staged = await withList(items);
    const patient = await claims(staged);
    const { accepted, refused, problems } = await accept(patient, staged);
    expect({ accepted, problems }).toEqual({ accepted: 1, problems: [] });
    const codes = Object.fromEntries(refused.map(({ name, problem }) => [name, problem.code]));
    expect(codes).toEqual({
      missing: "STORE_NOT_FOUND",
      "wrong digest": "PAYLOAD_WRONG_KEY",
      "wrong key": "PAYLOAD_WRONG_KEY",
      "wrong category": "STAGED_NOT_FHIR",
      "other category": "PAYLOAD_WRONG_KEY",
      "not valid": "STAGED_NOT_FHIR",
      "not FHIR": "STAGED_NOT_FHIR",
      "no resource of R4": "STAGED_NOT_FHIR",
      bundle: "STAGED_NOT_FHIR",
      notice: "STAGED_NOT_FHIR",
      file: "STAGED_NOT_FHIR",
      deep: expect.stringMatching(/^(JSON_|PAYLOAD_)/) as string,
      proto: expect.stringMatching(/^(JSON_|PAYLOAD_)/) as string,
    });
    const { entries, notices } = await readTimeline(patient, accountOf(patient));
    expect([entries.length, notices.length]).toEqual([1, 0]);
  });

  it("O12 is named also to whoever was interrupted after the rest was anchored", async () => {
    const basic = draftOf({ resourceType: "Basic", code: { text: "Entry" } });
    const staged = await withList([await good(), await item("wrong category", { ...basic, category: 2 })]);
    const patient = await claims(staged);
    const onPhase = (phase: Phase) => {
      if (phase === "done") throw new Error("killed");
    };
    await expect(acceptStaged(patient, staged, appAt(stack.storeUrl), { onPhase })).rejects.toThrow("killed");
    const refused = [{ name: "wrong category", problem: { code: "STAGED_NOT_FHIR" } }];
    expect(await accept(patient, staged)).toMatchObject({ accepted: 1, refused });
    expect((await readLedger(patient.chain, accountOf(patient))).entries).toHaveLength(1);
  });

  it("brings nothing but its content: what its author says besides is left out", async () => {
    const basic = draftOf({ resourceType: "Basic", code: { text: "Entry" } });
    const meta = { contentType: FHIR, staged: `0x${"cd".repeat(32)}`, replaces: "x", fullUrl: "urn:uuid:1" };
    const staged = await withList([await item("marked", { ...basic, meta })]);
    const patient = await claims(staged);
    await accept(patient, staged);
    const [entry] = (await readTimeline(patient, accountOf(patient))).entries;
    expect(entry!.records.map((record) => record.meta["staged"])).toEqual([staged.staged[0], undefined]);
    expect(entry!.records[1]!.meta).toMatchObject({ contentType: FHIR, fullUrl: "urn:uuid:1" });
    expect(entry!.records[1]!.meta).not.toHaveProperty("replaces");
  });
});

describe("a list that is not what it seems", () => {
  const elsewhere = (change: Partial<StagedList>) => async () => withList([await good()], { list: change });
  const address = `0x${"12".repeat(20)}` as const;

  it.each([
    ["of another chain", elsewhere({ chainId: 1 }), "STAGING_FOREIGN"],
    ["of another registry", elsewhere({ registry: address }), "STAGING_FOREIGN"],
    ["of another hospital", elsewhere({ hospital: 2 }), "STAGING_FOREIGN"],
    ["for another claim key", elsewhere({ claimKey: address }), "STAGING_FOREIGN"],
    [
      "sealed for another voucher",
      async () => withList([await good()], { sealedFor: await clinic.invite() }),
      "STAGING_FOREIGN",
    ],
    [
      "signed by somebody else",
      async () => withList([await good()], { signer: await actor(stack, 9) }),
      "STAGING_UNSIGNED",
    ],
    [
      "by an outsider",
      async () => {
        const signer = await actor(stack, 9);
        return withList([await good()], { signer, list: { from: addressOf(signer) } });
      },
      "STAGING_BY_OUTSIDER",
    ],
    ["of a time that no calendar has", elsewhere({ time: Number.MAX_SAFE_INTEGER }), "STAGING_MALFORMED"],
    ["without records", async () => withList([]), "STAGING_MALFORMED"],
    ["of too many records", async () => withList(Array<StagedItem>(1000).fill(await good())), "STAGING_MALFORMED"],
    [
      "with a strange item",
      async () => withList([await good(), { ...(await good()), category: 10 }]),
      "STAGING_MALFORMED",
    ],
    ["that nobody stored", async () => ({ ...invitation, staged: [`0x${"ee".repeat(32)}` as const] }), "STAGING_GONE"],
  ])("%s is refused and named, and the other one is taken over", async (_, forge, code) => {
    const genuine = await stageRecords(clinic.doctor, invitation, someDrafts());
    const forged = await forge();
    const both = { ...invitation, staged: [...forged.staged, ...genuine.staged!] };
    const patient = await claims(both);
    const { accepted, problems } = await accept(patient, both);
    expect(accepted).toBe(3);
    expect(problems).toMatchObject([{ digest: forged.staged[0], problem: { code } }]);
    const { entries } = await readLedger(patient.chain, accountOf(patient));
    expect(entries).toHaveLength(1);
  });

  it("by somebody who was suspended meanwhile is left until he is back", async () => {
    const staged = await stageRecords(clinic.doctor, invitation, someDrafts());
    const patient = await claims(staged);
    const hospital = await readHospital(clinic.admin.chain, 1);
    await setMemberActive(clinic.admin, hospital, addressOf(clinic.doctor), false);
    const problems = [{ problem: { code: "STAGING_BY_OUTSIDER" } }];
    expect(await accept(patient, staged)).toMatchObject({ accepted: 0, problems, files: [] });
    await setMemberActive(clinic.admin, hospital, addressOf(clinic.doctor), true);
    expect(await accept(patient, staged)).toMatchObject({ accepted: 3, problems: [] });
  });
});
