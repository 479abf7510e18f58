import { mkdtemp, rm } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContentStore,
  type Session,
  type UnlockedSession,
  addUnlockWay,
  canWalletUnlock,
  claim,
  confirmMember,
  contentStore,
  createHospital,
  fromUtf8,
  grantAccess,
  hasVault,
  invite,
  keyDirectoryAbi,
  prepareRecoveryCode,
  prepareRenewal,
  prepareVault,
  publishKey,
  publishRecord,
  randomBytes,
  readHospital,
  readTimeline,
  readUnlockWays,
  readVault,
  removeUnlockWay,
  repairVault,
  rotateKey,
  setAccreditation,
  unlock,
  utf8,
} from "@chartkey/sdk";
import { type Hex, bytesToHex, createPublicClient, custom } from "viem";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";
import { requireKey } from "../../sdk/src/chain/directory.ts";
import { ChartkeyError } from "../../sdk/src/errors.ts";

/** Ways to open a vault, its key's rotation, devices that do not know of each other, and stores that lose or exchange it. */

const TEXT = { contentType: "text/plain" };
const draft = (text: string) => ({ category: 7, meta: TEXT, data: utf8(text) });
const soon = () => Math.floor(Date.now() / 1000) + 3600;
const addressOf = ({ wallet }: Session) => wallet.account.address;
const WALLET = { type: "wallet" } as const;
const recovery = (code: string) => ({ type: "recovery", code }) as const;
const keyOf = (session: Session) => requireKey(session.chain, addressOf(session)).then(({ publicKey }) => publicKey);
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

let dataDir: string;
let stack: Stack;
let patient: UnlockedSession;
let doctor: UnlockedSession;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-vault-"));
  stack = await startTestStack({ dataDir });
  const admin = await unlockedActor(stack, 1);
  doctor = await unlockedActor(stack, 2);
  patient = await unlockedActor(stack, 3);
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Okafor" });
  const staff = { account: addressOf(doctor), name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
  await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
});

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

const reads = async (session: UnlockedSession) => {
  const { entries } = await readTimeline(session, addressOf(patient));
  return entries.flatMap(({ records }) => records.map(({ data }) => fromUtf8(data)));
};

describe("a rotated key", () => {
  it("opens what was sealed to the key before it, for the patient and the doctor", async () => {
    const grantee = addressOf(doctor);
    await publishRecord(patient, addressOf(patient), draft("first"));
    await grantAccess(patient, { grantee, hospital: 1, read: [7], write: [7], expiry: soon() });
    await publishRecord(doctor, addressOf(patient), draft("second"));
    const before = await Promise.all([keyOf(patient), keyOf(doctor)]);

    patient = { ...patient, vault: await rotateKey(patient, WALLET) };
    doctor = { ...doctor, vault: await rotateKey(doctor, WALLET) };
    const after = await Promise.all([keyOf(patient), keyOf(doctor)]);
    for (const [index, { vault }] of [patient, doctor].entries()) {
      expect(after[index]).toEqual(new Uint8Array(vault.identity.publicBytes));
      expect(after[index]).not.toEqual(before[index]);
    }
    await publishRecord(doctor, addressOf(patient), draft("third"));
    for (const session of [patient, doctor]) expect(await reads(session)).toEqual(["third", "second", "first"]);
    // Later, with nothing but the wallet and the store.
    const again = await actor(stack, 3);
    expect(await reads({ ...again, vault: await unlock(again) })).toEqual(["third", "second", "first"]);
  });

  it("opens what a new grant seals to it, under the epoch keys of before", async () => {
    await grantAccess(patient, { grantee: addressOf(doctor), hospital: 1, read: [7], write: [], expiry: soon() });
    expect(await reads(doctor)).toEqual(["third", "second", "first"]);
  });
});

describe("two devices that change a vault at once", () => {
  it("O26 lets the first one win, tells the other to reload, and loses nothing", async () => {
    const [here, there] = [await actor(stack, 4), await actor(stack, 4)];
    const { recoveryCode } = await publishKey(here);
    const [mine, theirs] = [await prepareRecoveryCode(here, WALLET), await prepareRecoveryCode(there, WALLET)];
    await mine.publish();
    await expect(theirs.publish()).rejects.toEqual(code("VAULT_CONFLICT"));
    const open = await unlock(there, recovery(mine.recoveryCode));
    expect(open.identity.publicBytes).toEqual(mine.vault.identity.publicBytes);
    for (const stale of [recoveryCode, theirs.recoveryCode])
      await expect(unlock(there, recovery(stale))).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    await addUnlockWay(there, recovery(mine.recoveryCode), { ...WALLET, passcode: "long enough" });
    await expect(readVault(here.chain, addressOf(here))).resolves.toMatchObject({ version: 3 });
  });

  it("lets one of two rotations win, and one of two first vaults", async () => {
    const session = await actor(stack, 5);
    const [first, second] = [await prepareVault(session), await prepareVault(session)];
    await first.publish();
    await expect(second.publish()).rejects.toEqual(code("VAULT_CONFLICT"));
    await expect(prepareVault(session)).rejects.toEqual(code("VAULT_EXISTS"));
    const stale = await prepareRenewal(session, WALLET);
    const { identity } = await rotateKey(session, WALLET);
    await expect(stale.publish()).rejects.toEqual(code("VAULT_CONFLICT"));
    expect(await keyOf(session)).toEqual(new Uint8Array(identity.publicBytes));
  });
});

describe("ways to open", () => {
  const passkey = {
    type: "passkey",
    credential: randomBytes(32),
    output: randomBytes(32),
    salt: randomBytes(32),
  } as const;

  it("are listed, added and removed; a passcode is asked for beside the wallet", async () => {
    const session = await actor(stack, 6);
    const { recoveryCode } = await publishKey(session);
    await addUnlockWay(session, WALLET, passkey);
    const passcode = "correct horse";
    await addUnlockWay(session, passkey, { ...WALLET, passcode });
    const wallet = { type: "wallet", wallet: addressOf(session).toLowerCase() };
    const { credential, salt } = passkey;
    expect(await readUnlockWays(session)).toEqual([
      { type: "recovery" },
      { type: "passkey", credential, salt },
      { ...wallet, passcode: true },
    ]);
    await expect(unlock(session)).rejects.toEqual(code("VAULT_PASSCODE_NEEDED"));
    await expect(unlock(session, { ...WALLET, passcode: "wrong horse" })).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    await unlock(session, { ...WALLET, passcode });
    await addUnlockWay(session, { ...WALLET, passcode }, WALLET);
    await unlock(session);
    await removeUnlockWay(session, recovery(recoveryCode), { type: "passkey", credential });
    await expect(unlock(session, passkey)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
    await removeUnlockWay(session, WALLET, WALLET);
    expect(await readUnlockWays(session)).toEqual([{ type: "recovery" }]);
    await expect(removeUnlockWay(session, recovery(recoveryCode), WALLET)).rejects.toEqual(
      code("VAULT_METHOD_MISSING"),
    );
  });

  it("of a contract, and of an account that delegates to one, leave out the wallet", async () => {
    const session = await actor(stack, 7);
    const withCode = (bytecode: Hex): Session => {
      const { client } = session.chain;
      const request = async (asked: { method: string; params?: unknown }) =>
        asked.method === "eth_getCode" ? bytecode : client.request(asked as never);
      return {
        ...session,
        chain: { ...session.chain, client: createPublicClient({ transport: custom({ request }) }) },
      };
    };
    expect(await canWalletUnlock(session)).toBe(true);
    const contract = session.chain.deployment.keyDirectory;
    const account = { ...session.wallet.account, address: contract };
    expect(await canWalletUnlock({ ...session, wallet: { ...session.wallet, account } })).toBe(false);
    const delegated = withCode(`0xef0100${"ab".repeat(20)}`);
    await expect(prepareVault(delegated)).rejects.toEqual(code("UNLOCK_UNSUPPORTED_WALLET"));
    const { publish, recoveryCode } = await prepareVault(delegated, [passkey]);
    const { identity } = await publish();
    for (const way of [passkey, recovery(recoveryCode)])
      expect((await unlock(delegated, way)).identity.publicBytes).toEqual(identity.publicBytes);
    await expect(addUnlockWay(delegated, passkey, WALLET)).rejects.toEqual(code("UNLOCK_UNSUPPORTED_WALLET"));
    await expect(unlock(delegated)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
  });
});

describe("a store that loses or exchanges a vault", () => {
  let session: Session;
  let recoveryCode: string;
  let lying: Server;
  /** What the lying store answers whatever it is asked for. */
  let answer: Uint8Array;

  /** The same store, without the documents of some digests. */
  const without = (...lost: string[]): ContentStore => ({
    url: session.store.url,
    links: session.store.links,
    put: (...args) => session.store.put(...args),
    get: (...args) => session.store.get(...args),
    read: (...args) => session.store.read(...args),
    remove: (...args) => session.store.remove(...args),
    lettersTo: (...args) => session.store.lettersTo(...args),
    receiptsOf: (...args) => session.store.receiptsOf(...args),
    getDocument: (digest, ...rest) =>
      lost.includes(digest)
        ? Promise.reject(new ChartkeyError("STORE_NOT_FOUND", "The store has nothing under this id."))
        : session.store.getDocument(digest, ...rest),
  });

  beforeAll(async () => {
    session = await actor(stack, 8);
    ({ recoveryCode } = await publishKey(session));
    lying = createServer((_, response) => response.end(answer)).listen(0, "127.0.0.1");
    await new Promise((resolve) => lying.once("listening", resolve));
  });
  afterAll(() => lying.close());

  it("O26 is noticed when it rolls the vault back or alters it", async () => {
    const { document: earlier } = await unlock(session);
    await addUnlockWay(session, WALLET, { ...WALLET, passcode: "long enough" });
    const { port } = lying.address() as AddressInfo;
    const other = { ...session, store: contentStore(`http://127.0.0.1:${port}`) };
    for (answer of [earlier, utf8("{}")])
      for (const read of [
        () => unlock(other),
        () => unlock(other, recovery(recoveryCode)),
        () => readUnlockWays(other),
      ])
        await expect(read()).rejects.toEqual(code("VAULT_LOST"));
    await addUnlockWay(session, recovery(recoveryCode), WALLET);
  });

  it("O26 O19 gets a lost vault back from the unlocked one, and from another store", async () => {
    const vault = await unlock(session);
    const { digest } = (await readVault(session.chain, addressOf(session)))!;
    const put: Hex[] = [];
    const broken = without(digest);
    const store: ContentStore = {
      ...broken,
      put: async (...args) => {
        const reference = await session.store.put(...args);
        put.push(reference.digest);
        return reference;
      },
    };
    await expect(unlock({ ...session, store })).rejects.toEqual(code("VAULT_LOST"));
    await repairVault({ ...session, store }, { vault });
    await repairVault({ ...session, store }, { stores: [broken, session.store] });
    expect(put).toEqual([digest, digest]);
    // Another vault's document does not help, and is not stored.
    const foreign = { ...vault, document: patient.vault.document };
    await expect(repairVault({ ...session, store }, { vault: foreign, stores: [broken] })).rejects.toEqual(
      code("VAULT_LOST"),
    );
    expect(put).toHaveLength(2);
  });

  it("O26 makes the vault anew from the newest copy that is left, with a new code and key", async () => {
    const [before, vault] = [await keyOf(session), await unlock(session)];
    const { publish, recoveryCode: newCode } = await prepareRecoveryCode(session, WALLET);
    await publish();
    const { digest, version } = (await readVault(session.chain, addressOf(session)))!;
    const damaged = { ...session, store: without(digest) };
    await expect(prepareRecoveryCode(damaged, WALLET)).rejects.toEqual(code("VAULT_LOST"));
    const renewal = await prepareRenewal(damaged, recovery(recoveryCode));
    expect(renewal).toMatchObject({ opened: version - 1, newest: version });
    await renewal.publish();
    const open = await unlock(damaged);
    expect(open.identity.earlier?.map(({ publicBytes }) => bytesToHex(publicBytes))).toEqual([bytesToHex(before)]);
    expect(open.reception.publicBytes).toEqual(vault.reception.publicBytes);
    for (const stale of [recoveryCode, newCode])
      await expect(unlock(session, recovery(stale))).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    await unlock(session, recovery(renewal.recoveryCode));
  });

  it("says when no copy is left, or none that opens", async () => {
    const damaged: Session = {
      ...session,
      store: { ...without(), getDocument: () => Promise.reject(new ChartkeyError("STORE_NOT_FOUND", "Nothing.")) },
    };
    await expect(prepareRenewal(damaged, WALLET)).rejects.toEqual(code("VAULT_LOST"));
    const away: Session = {
      ...session,
      store: { ...without(), getDocument: () => Promise.reject(new ChartkeyError("STORE_UNREACHABLE", "Away.")) },
    };
    for (const attempt of [() => unlock(away), () => prepareRenewal(away, WALLET)])
      await expect(attempt()).rejects.toEqual(code("STORE_UNREACHABLE"));
    await expect(unlock(await actor(stack, 9))).rejects.toEqual(code("VAULT_MISSING"));
    expect(await hasVault(await actor(stack, 9))).toBe(false);
  });

  it("is noticed when the published key is not the vault's", async () => {
    const { chain, wallet } = session;
    const account = addressOf(session);
    const { digest, version } = (await readVault(chain, account))!;
    const { keyVersion } = await requireKey(chain, account);
    const key = bytesToHex(patient.vault.identity.publicBytes);
    const hash = await wallet.writeContract({
      address: chain.deployment.keyDirectory,
      abi: keyDirectoryAbi,
      functionName: "publish",
      args: [account, 0x0020, key, keyVersion, digest, version],
      account: wallet.account,
      chain: wallet.chain,
    });
    await chain.client.waitForTransactionReceipt({ hash });
    await expect(unlock(session)).rejects.toEqual(code("VAULT_KEY_MISMATCH"));
    await rotateKey(session, WALLET);
    await unlock(session);
  });
});
