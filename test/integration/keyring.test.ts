import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ChartkeyError,
  type ContentStore,
  type UnlockedSession,
  accountOf,
  claim,
  confirmMember,
  contentStore,
  createHospital,
  eraseRecord,
  fromUtf8,
  grantAccess,
  invite,
  openRecord,
  publishRecord,
  readConsent,
  readHospital,
  setAccreditation,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { encodeKeyring } from "../../sdk/src/crypto/keyring.ts";
import { readKeyring } from "../../sdk/src/workflows/chart-keys.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** A store that rolls the keyring back, loses it, or shows another one to each device. */

vi.setConfig({ testTimeout: 240_000 });

const RESULTS = 7;
let dataDir: string;
let stack: Stack;
let patient: UnlockedSession, doctor: UnlockedSession, colleague: UnlockedSession;

async function admit(admin: UnlockedSession, member: UnlockedSession) {
  await claim(member, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr O" });
  const staff = { account: accountOf(member), name: "Dr O", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-keyring-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient, colleague] = [
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
    await unlockedActor(stack, 5),
  ];
  await setAccreditation(await actor(stack, 0), await createHospital(admin, { name: "R", staff: [] }), "accredited");
  await admit(admin, doctor);
  await admit(admin, colleague);
}, 240_000);

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const write = (words: string) =>
  publishRecord(patient, accountOf(patient), {
    ...{ category: RESULTS, meta: { contentType: "text/plain" }, data: utf8(words) },
  });
const grant = (as: UnlockedSession, to: UnlockedSession) =>
  grantAccess(as, {
    ...{ grantee: accountOf(to), hospital: 1, read: [RESULTS], write: [] },
    expiry: Math.floor(Date.now() / 1000) + 7200,
  });
const newest = async () => (await readConsent(patient.chain, accountOf(patient))).keyring!;
const keyring = (digest: Hex) => readKeyring(patient, accountOf(patient), digest);
const words = async (reader: UnlockedSession, recordId: Hex) =>
  fromUtf8((await openRecord(reader, accountOf(patient), recordId)).records[0]!.data);

/** The patient on a device to which the store does not show a keyring. */
function without({ store, ...session }: UnlockedSession, lost: Hex): UnlockedSession {
  const lacking: ContentStore = {
    url: store.url,
    links: store.links,
    put: (...args) => store.put(...args),
    get: (...args) => store.get(...args),
    read: (...args) => store.read(...args),
    remove: (...args) => store.remove(...args),
    lettersTo: (...args) => store.lettersTo(...args),
    receiptsOf: (...args) => store.receiptsOf(...args),
    getDocument: (digest, ...rest) =>
      digest === lost
        ? Promise.reject(new ChartkeyError("STORE_NOT_FOUND", "Nothing under this id."))
        : store.getDocument(digest, ...rest),
  };
  return { ...session, store: lacking };
}

it("O26 an old keyring in the place of the newest is noticed", async () => {
  await write("Before");
  await grant(patient, doctor);
  const earlier = encodeKeyring(await keyring(await newest()));
  await grant(patient, colleague);
  const lying = createServer((_, response) => response.end(earlier)).listen(0, "127.0.0.1");
  await once(lying, "listening");
  try {
    const store = contentStore(`http://127.0.0.1:${(lying.address() as AddressInfo).port}`);
    await expect(readKeyring({ ...patient, store }, accountOf(patient), await newest())).rejects.toMatchObject({
      code: "STORE_WRONG_BYTES",
    });
  } finally {
    lying.close();
  }
});

it("O26 a lost keyring is rebuilt: every category goes on under an epoch that nobody has a key of", async () => {
  const recordId = await write("Potassium 4.1");
  await grant(patient, doctor);
  const lost = await newest();
  const { changes } = await readConsent(patient.chain, accountOf(patient));
  await grant(without(patient, lost), colleague);
  const { epochs, pages } = await keyring(await newest());
  expect(epochs[RESULTS]).toBe(changes.length);
  expect((await keyring(lost)).epochs[RESULTS] ?? 0).toBeLessThan(changes.length);
  expect(pages.some(({ epoch }) => epoch === changes.length)).toBe(true);
  expect(await words(colleague, recordId)).toBe("Potassium 4.1");
});

it("O26 two devices that are shown different keyrings end in one that opens everything", async () => {
  const first = await write("One");
  await grant(patient, doctor);
  const one = await newest();
  const second = await write("Two");
  await grant(without(patient, one), colleague);
  const other = await newest();
  await grant(without(patient, other), doctor);
  await grant(patient, colleague);
  for (const reader of [patient, colleague])
    expect([await words(reader, first), await words(reader, second)]).toEqual(["One", "Two"]);
});

it("drops the key of an erased record when the second signature is given later", async () => {
  const record = { recordId: await write("HIV negative"), index: 0 };
  await grant(patient, doctor);
  const { wallet } = patient;
  const writeContract: typeof wallet.writeContract = (request) =>
    request.functionName === "revoke" ? Promise.reject(new Error("declined")) : wallet.writeContract(request);
  await expect(eraseRecord({ ...patient, wallet: { ...wallet, writeContract } }, record)).rejects.toThrow();
  const { notice, files } = await eraseRecord(patient, record);
  expect(notice).toBeUndefined();
  expect(files.filter(({ kind }) => kind === "page").map(({ outcome }) => outcome)).toContain("removed");
  expect((await eraseRecord(patient, record)).files.filter(({ kind }) => kind === "page")).toEqual([]);
});
