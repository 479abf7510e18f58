import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartkeyError,
  type OpenedSet,
  type ReadSession,
  type Session,
  type SetTerms,
  type UnlockedSession,
  appAt,
  canonicalBytes,
  claim,
  confirmMember,
  consentRegistryAbi,
  contentStore,
  createHospital,
  decodeCardCode,
  emergencyCandidates,
  encodeCardCode,
  endEmergency,
  findHospitalKey,
  findSetAt,
  handOver,
  invite,
  letterTo,
  openCard,
  openEmergency,
  publishHospitalKey,
  publishRecord,
  publishSet,
  randomBytes,
  readEmergencies,
  readHandedOver,
  readHospital,
  readOwnSet,
  readTimeline,
  readVault,
  removeHospitalKey,
  setAccreditation,
  setReviewer,
  withdrawSet,
} from "@chartkey/sdk";
import { buildDiagnosis, buildEmergencySet, loadValidator, readEmergencySet, summarize } from "@chartkey/sdk/records";
import { startStore } from "@chartkey/store";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { shiftedDate } from "./support/shifted-date.ts";

/** What a patient prepares for an emergency: a card that opens it, and hospitals that may hand it over. */

const addressOf = ({ wallet }: Session) => wallet.account.address;
const author = { display: "Ananya Sharma" };
const subject = { display: "Ananya Sharma" };
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;
const unreadable = code(expect.stringMatching(/^STORE_(FORBIDDEN|NOT_FOUND)$/) as string);

let dataDir: string;
let stack: Stack;
let admin: UnlockedSession;
let doctors: [UnlockedSession, UnlockedSession];
let patient: UnlockedSession;
let reviewer: UnlockedSession;
let stranger: UnlockedSession;
let ahead = 0;

const app = () => appAt(stack.storeUrls[0]);
/** Somebody without a wallet. */
const passerby = (): ReadSession => ({ chain: patient.chain, store: contentStore(stack.storeUrls[0]) });
const openAs = (text: string) => openCard(passerby(), app(), text);

async function admit(session: UnlockedSession, name: string): Promise<void> {
  await claim(session, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account: addressOf(session), name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(session), staff);
}

async function add(category: number, resource: unknown, replaces?: Hex): Promise<Hex> {
  const meta = {
    contentType: "application/fhir+json",
    ...(replaces && { replaces: { recordId: replaces, index: 0 } }),
  };
  return publishRecord(patient, addressOf(patient), { category, meta, data: canonicalBytes(resource) });
}

const allergy = (text: string) => ({ resourceType: "AllergyIntolerance", code: { text }, patient: subject });
const diagnosis = (text: string) => buildDiagnosis({ patient: subject, author, date: new Date().toISOString(), text });

/** What the chart shows now, as terms. */
async function termsOf(hospitals: number[], note = "Speaks Hindi"): Promise<SetTerms> {
  const validator = await loadValidator();
  const { items, asOf } = emergencyCandidates(await readTimeline(patient, addressOf(patient)), validator);
  const details = { name: "Ananya Sharma", bloodGroup: "0 negative", note };
  return { bundle: buildEmergencySet({ details, items, date: new Date().toISOString() }), asOf, hospitals };
}

async function shown({ bundle }: OpenedSet) {
  const { details, items, unreadable: left } = readEmergencySet(bundle, await loadValidator());
  return { ...details, items: items.map(({ kind, resource }) => `${kind}: ${summarize(resource).title}`), left };
}

const breakGlass = (doctor: Session) =>
  openEmergency(doctor, {
    ...{ patient: addressOf(patient), hospital: 1, categories: [3, 4, 5], reason: "Found unconscious." },
  });
const newest = async () => (await readEmergencies(patient.chain, { patient: addressOf(patient) }))[0]!;

beforeAll(async () => {
  vi.stubGlobal(
    "Date",
    shiftedDate(() => ahead),
  );
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-emergency-set-"));
  stack = await startTestStack({ dataDir });
  admin = await unlockedActor(stack, 1);
  doctors = [await unlockedActor(stack, 2), await unlockedActor(stack, 5)];
  [patient, reviewer, stranger] = [
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 8),
    await unlockedActor(stack, 9),
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await admit(doctors[0], "Dr Amara Okafor");
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
  await setReviewer(admin, 1, { account: addressOf(reviewer), appointed: true });
  const coolDown = { address: patient.chain.deployment.consent, abi: consentRegistryAbi } as const;
  const seconds = await patient.chain.client.readContract({ ...coolDown, functionName: "emergencyCoolDown" });
  // Not to the second: a machine's clock may be set back by a moment between two of its answers.
  ahead += 1000 * (seconds + 10);
}, 240_000);

afterAll(async () => {
  vi.unstubAllGlobals();
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("without a set", () => {
  it("O28 an emergency opens nothing, and the hospital is told that there is nothing to hand over", async () => {
    await breakGlass(doctors[0]);
    expect(await readOwnSet(patient, app())).toBeUndefined();
    await expect(handOver(admin, await newest())).rejects.toEqual(code("EMERGENCY_NOT_KEEPER"));
    expect(await findSetAt(admin, await newest())).toBeUndefined();
    expect(await readHandedOver(doctors[0], await newest())).toBeUndefined();
    await expect(withdrawSet(patient)).rejects.toEqual(code("CARD_NONE"));
    await endEmergency(patient, addressOf(doctors[0]));
  });
});

describe("the hospital's key", () => {
  it("is published by an admin, kept by him and the reviewers, and stays when staff joins", async () => {
    await expect(publishHospitalKey(stranger, 1)).rejects.toEqual(code("REVERT_Hospital_OnlyAdmin"));
    await expect(publishSet(patient, await termsOf([1]))).rejects.toEqual(code("EMERGENCY_KEY_MISSING"));
    await publishHospitalKey(admin, 1);
    const key = await findHospitalKey(admin, await readHospital(admin.chain, 1));
    expect(key?.keepers.map((each) => each.toLowerCase())).toEqual(
      [admin, reviewer].map((each) => addressOf(each).toLowerCase()),
    );
    await admit(doctors[1], "Dr Noor Haddad");
    await publishHospitalKey(admin, 1);
    expect((await findHospitalKey(admin, await readHospital(admin.chain, 1)))?.publicKey).toEqual(key?.publicKey);
  });
});

describe("a card", () => {
  let card: string;

  it("O28 opens the set without a wallet: what is current in the chart, corrected, and what the person says", async () => {
    await add(3, allergy("Penicillin"));
    const wrong = await add(5, diagnosis("Type 1 diabetes"));
    await add(5, diagnosis("Type 2 diabetes"), wrong);
    card = await publishSet(patient, await termsOf([]));
    const opened = await openAs(card);
    expect(opened).toMatchObject({ patient: addressOf(patient), asOf: { sequence: 3 }, newer: 0 });
    expect(await shown(opened)).toEqual({
      ...{ name: "Ananya Sharma", bloodGroup: "0 negative", note: "Speaks Hindi", left: 0 },
      items: ["diagnosis: Type 2 diabetes", "allergy: Penicillin"],
    });
    await add(3, allergy("Latex"));
    expect((await openAs(card)).newer).toBe(1);
  });

  it("O28 lets the store give nothing to anybody else: no stranger, no doctor, no anonymous caller", async () => {
    const { card: account, seed } = decodeCardCode(card);
    const { digest } = (await readVault(patient.chain, account))!;
    for (const reader of [stranger, doctors[0], admin])
      await expect(reader.store.getDocument(digest, letterTo(account))).rejects.toEqual(unreadable);
    await expect(passerby().store.getDocument(digest, letterTo(account))).rejects.toEqual(code("STORE_UNAUTHORIZED"));
    const guessed = encodeCardCode({ chainId: patient.chain.id, card: account, seed: randomBytes(32) });
    await expect(openAs(guessed)).rejects.toEqual(code("CARD_REPLACED"));
    await expect(openAs(encodeCardCode({ chainId: 1, card: account, seed }))).rejects.toEqual(code("CARD_WRONG_CHAIN"));
    await expect(openAs(card.slice(0, -1))).rejects.toEqual(code("CARD_MALFORMED"));
  });

  it("stays good when the set changes, and the set before is not served any more", async () => {
    const { card: account } = decodeCardCode(card);
    const before = (await readVault(patient.chain, account))!.digest;
    expect(await publishSet(patient, await termsOf([], "Hearing aid, left"))).toBe(card);
    expect(await shown(await openAs(card))).toMatchObject({
      note: "Hearing aid, left",
      items: ["allergy: Latex", "diagnosis: Type 2 diabetes", "allergy: Penicillin"],
    });
    await expect(patient.store.getDocument(before, letterTo(addressOf(patient)))).rejects.toEqual(unreadable);
    expect(await readOwnSet(patient, app())).toMatchObject({ code: card, hospitals: [] });
  });

  it("O29 is worthless once it was renewed, also where a store has kept what it opened", async () => {
    const directory = await mkdtemp(join(dataDir, "plain-"));
    const plain = await startStore({ port: 0, dataDir: directory });
    try {
      const keeping = { ...patient, store: contentStore(plain.url) };
      const old = await publishSet(keeping, await termsOf([]));
      const fetched = () => openCard({ ...passerby(), store: keeping.store }, app(), old);
      expect((await fetched()).patient).toBe(addressOf(patient));
      const renewed = await publishSet(patient, { ...(await termsOf([])), renew: true });
      expect(renewed).not.toBe(old);
      await expect(fetched()).rejects.toEqual(code("CARD_REPLACED"));
      await expect(openAs(card)).rejects.toEqual(code("CARD_REPLACED"));
      expect((await openAs(renewed)).newer).toBe(0);
      card = renewed;
    } finally {
      await plain.close();
    }
  });

  it("O29 is renewed and withdrawn whatever a store does, and says which store may still have the set", async () => {
    const refuse = () => Promise.reject(new ChartkeyError("STORE_UNREACHABLE", "silent"));
    const refusing = new Proxy(patient.store, {
      get(store, name) {
        const value: unknown = name === "remove" ? refuse : Reflect.get(store, name);
        return typeof value === "function" ? (value.bind(store) as unknown) : value;
      },
    });
    const hindered = { ...patient, store: refusing };
    const failed = expect.objectContaining({ kind: "set", outcome: "failed" }) as unknown;
    const before = card;
    const reports: unknown[] = [];
    card = await publishSet(hindered, { ...(await termsOf([])), renew: true }, undefined, (files) =>
      reports.push(...files),
    );
    expect(reports).toEqual([failed]);
    await expect(openAs(before)).rejects.toEqual(code("CARD_REPLACED"));
    expect(await withdrawSet(hindered)).toEqual([failed]);
    await expect(openAs(card)).rejects.toEqual(code("CARD_REPLACED"));
    card = await publishSet(patient, await termsOf([]));
  });

  it("O29 shows nothing that the patient's wallet did not sign", async () => {
    const thief = { ...stranger, account: addressOf(patient), vault: patient.vault };
    await publishSet(thief, await termsOf([], "No allergies at all"));
    await expect(openAs(card)).rejects.toEqual(code("EMERGENCY_SET_UNSIGNED"));
    // What the wallet signed for one publication counts in no other, also of the same content for the same card.
    const signed: Hex[] = [];
    const signing = async (...args: Parameters<typeof patient.wallet.signTypedData>) => {
      signed.push(signed[0] ?? (await patient.wallet.signTypedData(...args)));
      return signed[0]!;
    };
    const replaying = { ...patient, wallet: { ...patient.wallet, signTypedData: signing } } as UnlockedSession;
    const real = crypto.getRandomValues.bind(crypto);
    // But for the 16 bytes of what is signed for a store, which takes each once.
    const random = vi
      .spyOn(crypto, "getRandomValues")
      .mockImplementation((bytes) => (bytes.byteLength === 16 ? real(bytes) : bytes));
    const terms = await termsOf([]);
    try {
      await publishSet(replaying, terms);
      await openAs(card);
      await publishSet(replaying, terms);
    } finally {
      random.mockRestore();
    }
    await expect(openAs(card)).rejects.toEqual(code("EMERGENCY_SET_UNSIGNED"));
    expect(await publishSet(patient, await termsOf([]))).toBe(card);
    expect((await openAs(card)).newer).toBe(0);
  });
});

describe("handing over", () => {
  it("O30 gives the set to the doctor while his emergency is open, by a keeper of the key, and to nobody else", async () => {
    await publishSet(patient, await termsOf([1]));
    expect(await readOwnSet(patient, app())).toMatchObject({
      hospitals: [(await readHospital(admin.chain, 1)).address.toLowerCase()],
    });
    await expect(handOver(reviewer, await newest())).rejects.toEqual(code("EMERGENCY_NOT_OPEN"));
    ahead += 86_400_000;
    await breakGlass(doctors[0]);
    const emergency = await newest();
    expect(await readHandedOver(doctors[0], emergency)).toBeUndefined();
    expect(await findSetAt(reviewer, emergency)).toBeDefined();
    for (const other of [stranger, doctors[1], doctors[0]])
      await expect(handOver(other, emergency)).rejects.toEqual(code("EMERGENCY_NOT_KEEPER"));
    await handOver(reviewer, emergency);
    const handed = await readHandedOver(doctors[0], emergency);
    expect(await shown(handed!)).toMatchObject({ bloodGroup: "0 negative", left: 0 });
    expect(await readHandedOver(doctors[1], emergency)).toBeUndefined();
    for (let sent = 0; sent < 41; sent += 1)
      await stranger.store.put(canonicalBytes({ v: 1, kind: "flood", sent }), letterTo(addressOf(doctors[0])));
    expect(await readHandedOver(doctors[0], emergency)).toBeDefined();
    await handOver(admin, emergency);
  });

  it("O30 is refused to an admin who was not given the key", async () => {
    await publishHospitalKey(admin, 1, { renew: true });
    await expect(handOver(admin, await newest())).rejects.toEqual(code("EMERGENCY_KEY_RENEWED"));
    await removeHospitalKey(admin, 1);
    await expect(handOver(admin, await newest())).rejects.toEqual(code("EMERGENCY_NOT_KEEPER"));
    await publishHospitalKey(admin, 1);
  });

  it("O30 stops when the patient opts out, and when the emergency ends", async () => {
    await publishSet(patient, await termsOf([1]));
    await handOver(admin, await newest());
    expect(await readHandedOver(doctors[0], await newest())).toBeDefined();
    await publishSet(patient, await termsOf([]));
    await expect(handOver(admin, await newest())).rejects.toEqual(code("EMERGENCY_SET_NONE"));
    expect(await readHandedOver(doctors[0], await newest())).toBeUndefined();
    await publishSet(patient, await termsOf([1]));
    await handOver(reviewer, await newest());
    await endEmergency(patient, addressOf(doctors[0]));
    for (const keeper of [admin, reviewer])
      await expect(handOver(keeper, await newest())).rejects.toEqual(code("EMERGENCY_NOT_OPEN"));
    await expect(readHandedOver(doctors[0], await newest())).rejects.toEqual(code("EMERGENCY_NOT_OPEN"));
  });

  it("O29 withdraws everything at once; the next set has another card", async () => {
    const { code: old } = (await readOwnSet(patient, app()))!;
    await withdrawSet(patient);
    expect(await readOwnSet(patient, app())).toBeUndefined();
    await expect(openAs(old)).rejects.toEqual(code("CARD_REPLACED"));
    expect(await findSetAt(admin, await newest())).toBeUndefined();
    expect(await publishSet(patient, await termsOf([]))).not.toBe(old);
    await expect(openAs(old)).rejects.toEqual(code("CARD_REPLACED"));
  });
});
