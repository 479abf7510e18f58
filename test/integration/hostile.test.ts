import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type UnlockedSession,
  canonicalBytes,
  categoryFile,
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  publishRecord,
  randomBytes,
  readHospital,
  readTimeline,
  recordRegistryAbi,
  revokeAccess,
  setAccreditation,
  toBase64Url,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor, actor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { readConsent } from "../../sdk/src/chain/consent.ts";
import { requireKey } from "../../sdk/src/chain/directory.ts";
import { leafHash, merkleRoot } from "../../sdk/src/chain/merkle.ts";
import { openGrant, openPage } from "../../sdk/src/crypto/keyring.ts";
import { sealPayload } from "../../sdk/src/crypto/payload.ts";
import { encodeWraps, wrapKey } from "../../sdk/src/crypto/wraps.ts";
import { readKeyring } from "../../sdk/src/workflows/chart-keys.ts";

/** A doctor with write access who anchors what he likes, and devices that do not know of each other. */

const FHIR = { contentType: "application/fhir+json" };
const json = (value: unknown) => utf8(JSON.stringify(value));
const soon = () => Math.floor(Date.now() / 1000) + 3600;
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let doctor: UnlockedSession;
let colleague: UnlockedSession;

async function admit(admin: UnlockedSession, member: UnlockedSession, name: string) {
  await claim(member, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account: addressOf(member), name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(member), staff);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-hostile-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  [doctor, patient, colleague] = (await Promise.all([2, 3, 5].map((index) => unlockedActor(stack, index)))) as [
    UnlockedSession,
    UnlockedSession,
    UnlockedSession,
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await admit(admin, doctor, "Dr Mallory");
  await admit(admin, colleague, "Dr Wiśniewski");
});

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

const chart = () => ({
  chainId: patient.chain.id,
  registry: patient.chain.deployment.records,
  patient: addressOf(patient),
});

/** What he uploads belongs to the category that he may write. */
const file = () => categoryFile(addressOf(patient), 9);

async function anchor(functionName: "anchor" | "anchorBatch", args: readonly unknown[]): Promise<void> {
  const { chain, wallet } = doctor;
  const request = { address: chain.deployment.records, abi: recordRegistryAbi, functionName, args };
  const hash = await wallet.writeContract(request as unknown as Parameters<typeof wallet.writeContract>[0]);
  await chain.client.waitForTransactionReceipt({ hash });
}

/** Anchors a batch of category 9 whose sections and items are what the doctor likes. */
async function anchorBatch(items: unknown[], leaves: Hex[], sections?: unknown): Promise<void> {
  const author = addressOf(doctor);
  const key = randomBytes(32);
  const context = { ...chart(), author, category: 9 };
  const section = await sealPayload(key, context, { contentType: "application/json" }, canonicalBytes({ items }));
  const manifest = canonicalBytes({
    v: 1,
    leaves,
    sections: sections ?? [{ category: 9, payload: toBase64Url(section) }],
  });
  const { digest } = await doctor.store.put(manifest, file());
  const target = { context: { ...chart(), author }, payload: digest };
  const wrap = await wrapKey(target, { category: 9, key }, await requireKey(doctor.chain, addressOf(patient)));
  const wraps = await doctor.store.put(encodeWraps({ wraps: [wrap] }), file());
  await anchor("anchorBatch", [addressOf(patient), 1 << 9, leaves.length, merkleRoot(leaves), digest, wraps.digest]);
}

describe("a doctor who anchors damaged or false documents", () => {
  it("harms his own entries alone: the others are read, granted and read by the next doctor", async () => {
    await publishRecord(patient, addressOf(patient), { category: 9, meta: FHIR, data: json({ good: true }) });
    await grantAccess(patient, { grantee: addressOf(doctor), hospital: 1, read: [9], write: [9], expiry: soon() });

    const payload = (await doctor.store.put(randomBytes(300), file())).digest;
    const documents = ["not json", '{"v":2}', '{"v":1,"suite":"X25519-HKDF-SHA256-AES256GCM","wraps":[null]}'];
    for (const text of documents)
      await anchor("anchor", [addressOf(patient), 9, 0, payload, (await doctor.store.put(utf8(text), file())).digest]);
    const leaf: Hex = `0x${"ab".repeat(32)}`;
    await anchorBatch([null], [leaf]);
    await anchorBatch([], [leaf], [null]);
    await anchorBatch([{ index: 0, category: 9, codec: 0, payload: "0xzz", key: "" }], [leaf]);
    const notUnixFs = (await doctor.store.put(randomBytes(40), file())).digest;
    await anchor("anchor", [addressOf(patient), 9, 1, notUnixFs, notUnixFs]);

    const shown = async (reader: UnlockedSession) => {
      const { entries } = await readTimeline(reader, addressOf(patient));
      expect(entries).toHaveLength(8);
      return entries.flatMap(({ records }) => records.map(({ data }) => new TextDecoder().decode(data)));
    };
    expect(await shown(patient)).toEqual(['{"good":true}']);
    await grantAccess(patient, { grantee: addressOf(colleague), hospital: 1, read: [9], write: [], expiry: soon() });
    expect(await shown(colleague)).toEqual(['{"good":true}']);
  });

  it("P13 cannot pass a record of a category he may add to off as one of another", async () => {
    const author = addressOf(doctor);
    const key = randomBytes(32);
    const sealed = await sealPayload(key, { ...chart(), author, category: 5 }, FHIR, json({ false: "diagnosis" }));
    const { digest, codec } = await doctor.store.put(sealed, file());
    const item = { index: 0, category: 5, codec, payload: digest };
    const leaf = leafHash(
      { chainId: doctor.chain.id, registry: doctor.chain.deployment.records },
      { patient: addressOf(patient), author, ...item },
    );
    await anchorBatch([{ ...item, key: toBase64Url(key) }], [leaf]);
    const [newest] = (await readTimeline(patient, addressOf(patient))).entries;
    expect(newest).toMatchObject({ records: [], problem: { code: "BATCH_MALFORMED" } });
  });
});

describe("two devices of one patient", () => {
  it("O24 a revoke that did not know of another device's grant lets no later key out to anybody who ended", async () => {
    const other = await unlockedActor(stack, 3);
    await grantAccess(patient, { grantee: addressOf(colleague), hospital: 1, read: [7], write: [], expiry: soon() });
    const grant = (await readConsent(patient.chain, addressOf(patient))).keyring!;
    await revokeAccess(other, addressOf(doctor));
    // A store gives him nothing any more; what follows supposes that he got the bytes all the same.
    const held = (await readKeyring(patient, addressOf(patient), grant)).grants.find(
      ({ to }) => to === addressOf(colleague).toLowerCase(),
    )!;
    const keys = await openGrant(chart(), held, colleague.vault.identity);
    expect(keys.map(({ category }) => category)).toEqual([7]);

    await revokeAccess(other, addressOf(colleague));
    const secret = await publishRecord(patient, addressOf(patient), { category: 7, meta: FHIR, data: json({ n: 1 }) });
    await grantAccess(other, { grantee: addressOf(doctor), hospital: 1, read: [7], write: [], expiry: soon() });
    const { keyring } = await readConsent(patient.chain, addressOf(patient));
    for (const page of (await readKeyring(patient, addressOf(patient), keyring!)).pages)
      for (const key of keys.filter(({ category, epoch }) => category === page.category && epoch === page.epoch)) {
        const filed = await openPage(
          chart(),
          key,
          await patient.store.get(page, categoryFile(addressOf(patient), page.category)),
        );
        expect([...filed.keys()]).not.toContain(secret);
      }
    const seen = await readTimeline(doctor, addressOf(patient));
    expect(seen.entries[0]).toMatchObject({ entry: { recordId: secret }, records: [{ category: 7 }] });
  });

  it("P16 a revoke asks no store", async () => {
    const nobody = { ...patient, store: { ...patient.store, getDocument: () => Promise.reject(new Error("down")) } };
    await revokeAccess(nobody as UnlockedSession, addressOf(doctor));
    expect((await readConsent(patient.chain, addressOf(patient))).grants).toEqual([]);
  });
});
