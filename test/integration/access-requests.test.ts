import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Session,
  type UnlockedSession,
  accountOf,
  canonicalBytes,
  claim,
  confirmMember,
  createHospital,
  forgetAccessRequests,
  fromUtf8,
  invite,
  letterTo,
  randomBytes,
  readAccessRequests,
  readHospital,
  requestAccess,
  setAccreditation,
  toBase64Url,
} from "@chartkey/sdk";
import { sha256 } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { requireKey } from "../../sdk/src/chain/directory.ts";
import { HPKE_SUITE } from "../../sdk/src/crypto/hpke.ts";
import { sealPayload } from "../../sdk/src/crypto/payload.ts";
import { wrapKey } from "../../sdk/src/crypto/wraps.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** A doctor asks for access; the patient alone reads it, and believes nothing that the doctor did not sign. */

let dataDir: string;
let stack: Stack;
let registrar: Session;
let admin: UnlockedSession;
let doctor: UnlockedSession;
let patient: UnlockedSession;
let other: UnlockedSession;
let stranger: Session;

const REASON = "You come to see me on Monday about your thirst.";
const terms = () => ({ patient: accountOf(patient), hospital: 1, read: 0x80, write: 0x10, reason: REASON });
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-access-requests-"));
  stack = await startTestStack({ dataDir });
  registrar = await actor(stack, 0);
  admin = await unlockedActor(stack, 1);
  [doctor, patient, other] = [
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 4),
  ];
  stranger = await actor(stack, 9);
  await setAccreditation(registrar, await createHospital(admin, { name: "Ridgeway", staff: [] }), "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Amara Okafor" });
  const staff = { account: accountOf(doctor), name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
}, 240_000);

afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Sends the patient a letter that he can open, with whatever content. */
async function sendLetter({ chain, store, wallet }: Session, content: unknown): Promise<void> {
  const author = wallet.account.address;
  const context = { chainId: chain.id, registry: chain.deployment.records, patient: accountOf(patient), author };
  const key = randomBytes(32);
  const data = canonicalBytes(content);
  const payload = await sealPayload(key, { ...context, category: 9 }, { contentType: "application/json" }, data);
  const reader = await requireKey(chain, accountOf(patient));
  const wrap = await wrapKey({ context, payload: sha256(payload) }, { category: 9, key }, reader);
  const sealed = { suite: HPKE_SUITE, wraps: [wrap], payload: toBase64Url(payload) };
  await store.put(
    canonicalBytes({ v: 1, kind: "access-request", doctor: author, ...sealed }),
    letterTo(accountOf(patient)),
  );
}

describe("a request for access", () => {
  it("is signed by the doctor, read by the patient alone, and gone once it was answered", async () => {
    const put = vi.spyOn(doctor.store, "put");
    await requestAccess(doctor, terms());
    const stored = put.mock.calls[0]![0] as Uint8Array<ArrayBuffer>;
    expect(fromUtf8(stored)).not.toContain("thirst");
    const found = await readAccessRequests(patient);
    expect(found).toEqual([expect.objectContaining({ ...terms(), doctor: accountOf(doctor) })]);
    expect(await readAccessRequests(other)).toEqual([]);
    // Another patient who is handed the same letter cannot open it.
    await stranger.store.put(stored, letterTo(accountOf(other)));
    expect(await readAccessRequests(other)).toEqual([]);
    await forgetAccessRequests(patient, found[0]!.doctor);
    expect(await readAccessRequests(patient)).toEqual([]);
  });

  it("is shown in its newest form, for 30 days, while the doctor is active", async () => {
    await requestAccess(doctor, terms());
    await requestAccess(doctor, { ...terms(), read: 0x84, reason: "And your notes, please." });
    expect(await readAccessRequests(patient)).toMatchObject([{ read: 0x84, reason: "And your notes, please." }]);
    const hospital = await readHospital(doctor.chain, 1);
    await setAccreditation(registrar, hospital, "suspended");
    expect(await readAccessRequests(patient)).toEqual([]);
    await setAccreditation(registrar, hospital, "accredited");
    expect(await readAccessRequests(patient)).toHaveLength(1);
    const inDays = (days: number) => readAccessRequests(patient, Date.now() / 1000 + days * 86_400);
    expect(await inDays(29)).toHaveLength(1);
    expect(await inDays(31)).toEqual([]);
  });

  it("counts for nothing when its doctor did not sign it, or not this", async () => {
    await forgetAccessRequests(patient, accountOf(doctor));
    expect(await readAccessRequests(patient)).toEqual([]);
    const forger = (change: object, by: Session) => ({
      ...doctor,
      wallet: {
        ...doctor.wallet,
        signTypedData: ({ message, ...typed }: { message: object }) =>
          by.wallet.signTypedData({
            ...typed,
            message: { ...message, ...change },
            account: by.wallet.account,
          } as unknown as Parameters<typeof by.wallet.signTypedData>[0]),
      },
    });
    for (const session of [
      forger({}, stranger),
      forger({ write: 0 }, doctor),
      forger({ patient: accountOf(other) }, doctor),
    ])
      await requestAccess(session as unknown as Session, terms());
    const junk = { v: 1, kind: "access-request", doctor: accountOf(doctor), wraps: [], payload: "AAAA" };
    for (const letter of [junk, { ...junk, doctor: 7 }, { v: 2 }])
      await stranger.store.put(canonicalBytes(letter), letterTo(accountOf(patient)));
    expect(await readAccessRequests(patient)).toEqual([]);
    await requestAccess(forger({}, doctor) as unknown as Session, terms());
    expect(await readAccessRequests(patient)).toHaveLength(1);
  });

  it("is read whatever a stranger's letters hold", async () => {
    const { address } = stranger.wallet.account;
    const time = Math.floor(Date.now() / 1000);
    const whole = { doctor: address, hospital: 1, read: 2, write: 0, reason: "Why", time, signature: "0x00" };
    for (const content of [null, { ...whole, hospital: 2 ** 33 }, { ...whole, read: 2 ** 32 + 2 }, whole]) {
      await sendLetter(stranger, content);
      expect(await readAccessRequests(patient)).toHaveLength(1);
    }
  });

  it("is not pushed out by strangers, however many, nor by doctors of hospitals that are not the patient's", async () => {
    await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
    const [request] = await readAccessRequests(patient);
    const list = patient.store.lettersTo.bind(patient.store);
    const strangers = Array.from({ length: 250 }, (_, index) => ({
      ...{ digest: `0x${"ee".repeat(32)}`, bytes: 9 },
      from: `0x${(index + 1).toString(16).padStart(40, "0")}`,
    })) as Awaited<ReturnType<typeof list>>;
    vi.spyOn(patient.store, "lettersTo").mockImplementation(async (owner, from) => [
      ...(await list(owner, from)),
      ...(from === undefined ? strangers : []),
    ]);
    const get = vi.spyOn(patient.store, "getDocument");
    expect(await readAccessRequests(patient)).toEqual([request]);
    expect(get).not.toHaveBeenCalledWith(strangers[0]!.digest, expect.anything());
    // Another hospital's doctor asks later, and comes after.
    await setAccreditation(registrar, await createHospital(admin, { name: "Hillside", staff: [] }), "accredited");
    await claim(other, await invite(admin, 2, { role: "doctor", speciality: 2 }), { name: "Dr Jan Wiśniewski" });
    const staff = { account: accountOf(other), name: "Dr Jan Wiśniewski", role: "doctor", speciality: 2 } as const;
    await confirmMember(admin, await readHospital(admin.chain, 2), staff.account, staff);
    await requestAccess(other, { ...terms(), hospital: 2 });
    const found = await readAccessRequests(patient);
    expect(found.map(({ doctor: asking }) => asking)).toEqual([accountOf(doctor), accountOf(other)]);
    expect(found[1]!.time).toBeGreaterThan(found[0]!.time);
    await forgetAccessRequests(patient, accountOf(other));
  });

  it("is its doctor's letter alone: another's copy of it is not shown, and cannot keep it from being declined", async () => {
    const put = vi.spyOn(doctor.store, "put");
    await requestAccess(doctor, terms());
    const stored = put.mock.calls[0]![0] as Uint8Array<ArrayBuffer>;
    await stranger.store.put(stored, letterTo(accountOf(patient)));
    expect(await readAccessRequests(patient)).toHaveLength(1);
    const list = patient.store.lettersTo.bind(patient.store);
    // A store that lists what it does not have.
    vi.spyOn(patient.store, "lettersTo").mockImplementationOnce(async (owner, from) => [
      { digest: `0x${"ee".repeat(32)}`, from: accountOf(doctor), bytes: 9 },
      ...(await list(owner, from)),
    ]);
    await forgetAccessRequests(patient, accountOf(doctor));
    expect(await readAccessRequests(patient)).toEqual([]);
  });

  it("is refused where it could not be answered, before anything is sent", async () => {
    await expect(requestAccess(stranger, terms())).rejects.toEqual(code("REQUEST_NOT_ACTIVE"));
    await expect(requestAccess(doctor, { ...terms(), hospital: 2 })).rejects.toEqual(code("REQUEST_NOT_ACTIVE"));
    const nobody = { ...terms(), patient: stranger.wallet.account.address };
    await expect(requestAccess(doctor, nobody)).rejects.toEqual(code("KEY_MISSING"));
    for (const reason of [" ", "x".repeat(1001)])
      await expect(requestAccess(doctor, { ...terms(), reason })).rejects.toEqual(code("REQUEST_REASON"));
  });
});
