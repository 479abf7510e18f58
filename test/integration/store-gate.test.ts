import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  type Session,
  appAt,
  categoryFile,
  chartFile,
  claim,
  confirmMember,
  connectChain,
  consentRegistryAbi,
  contentStore,
  createHospital,
  hospitalRegistryAbi,
  invite,
  letterTo,
  randomBytes,
  readHospital,
  rpcClient,
  setAccreditation,
  setMemberActive,
  storeRights,
  storeSession,
} from "@chartkey/sdk";
import { type RunningStore, startStore } from "@chartkey/store";
import { type Abi, type Address, type Hex, zeroHash } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { referenceOf, toCid } from "../../sdk/src/storage/cid.ts";
import { damage } from "../../sdk/test/storage/disk.ts";
import { ROOT } from "../../scripts/lib/settings.ts";
import { writeCar } from "../../store/src/car.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Who gets what of a store, as the contracts on a real chain say. */

const [DIAGNOSIS, RESULTS] = [5, 7];
const now = () => Math.floor(Date.now() / 1000);
const addressOf = ({ wallet }: Session): Address => wallet.account.address;

let dataDir: string;
let stack: Stack;
let registrar: Session, doctor: Session, patient: Session, colleague: Session, other: Session;
let admin: Awaited<ReturnType<typeof unlockedActor>>;

async function write(session: Session, address: Address, abi: Abi, functionName: string, args: readonly unknown[]) {
  const request = { address, abi, functionName, args, account: session.wallet.account, chain: session.wallet.chain };
  const hash = await session.wallet.writeContract(request);
  const { status } = await session.chain.client.waitForTransactionReceipt({ hash });
  if (status !== "success") throw new Error(`${functionName} reverted`);
}

async function grant(grantee: Session, read: number[], write_: number[], expiry: number): Promise<void> {
  const address = patient.chain.deployment.consent;
  const head = { address, abi: consentRegistryAbi, functionName: "consentHead", args: [addressOf(patient)] } as const;
  const mask = (categories: number[]) => categories.reduce((bits, category) => bits | (1 << category), 0);
  const keyring: Hex = `0x${"11".repeat(32)}`;
  const scope = { read: mask(read), write: mask(write_), expiry, keyring };
  const terms = { grantee: addressOf(grantee), hospital: 1, ...scope };
  const args = [addressOf(patient), terms, await patient.chain.client.readContract(head)];
  await write(patient, address, consentRegistryAbi, "grant", args);
}

const revoke = (grantee: Session) =>
  write(patient, patient.chain.deployment.consent, consentRegistryAbi, "revoke", [
    addressOf(patient),
    addressOf(grantee),
    zeroHash,
  ]);

async function admit(member: Session): Promise<void> {
  const [account, name] = [addressOf(member), "Dr Amara Okafor"];
  await claim(member, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account, name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), account, staff);
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-gate-"));
  stack = await startTestStack({ dataDir });
  admin = await unlockedActor(stack, 1);
  [registrar, doctor, patient, other, colleague] = (await Promise.all(
    [0, 2, 3, 4, 5].map((index) => actor(stack, index)),
  )) as [Session, Session, Session, Session, Session];
  await setAccreditation(registrar, await createHospital(admin, { name: "Ridgeway", staff: [] }), "accredited");
  await admit(doctor);
  await admit(colleague);
  // A grant counts from a second in which the doctor was active already.
  await new Promise((resolve) => setTimeout(resolve, 1500));
}, 240_000);

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

const forbidden = expect.objectContaining({ code: "STORE_FORBIDDEN" }) as unknown;
/** Longer than a yes of the chain is remembered. */
const forget = () => new Promise((resolve) => setTimeout(resolve, 2_100));

describe("a store that asks the chain", () => {
  const file = (category = RESULTS) => categoryFile(addressOf(patient), category);

  it("gives a reader what was granted, while it is, and nothing else", async () => {
    const bytes = randomBytes(3_000_000);
    const [results, diagnosis] = await Promise.all([
      patient.store.put(bytes, file()),
      patient.store.put(randomBytes(100), file(DIAGNOSIS)),
    ]);
    await expect(doctor.store.get(results, file())).rejects.toEqual(forbidden);
    await grant(doctor, [RESULTS], [], now() + 3600);
    expect(await doctor.store.get(results, file())).toEqual(bytes);
    for (const reader of [doctor, other, colleague, admin])
      await expect(reader.store.get(diagnosis, file(DIAGNOSIS))).rejects.toEqual(forbidden);
    await expect(contentStore(stack.storeUrl).get(results, file())).rejects.toMatchObject({
      code: "STORE_UNAUTHORIZED",
    });
    await revoke(doctor);
    await forget();
    await expect(doctor.store.get(results, file())).rejects.toEqual(forbidden);
    expect(await patient.store.get(results, file())).toEqual(bytes);
  });

  it("ends with the grant's last second", async () => {
    const results = await patient.store.put(randomBytes(100), file());
    const expiry = now() + 6;
    await grant(doctor, [RESULTS], [], expiry);
    await doctor.store.get(results, file());
    await new Promise((resolve) => setTimeout(resolve, (expiry + 3 - now()) * 1000));
    await expect(doctor.store.get(results, file())).rejects.toEqual(forbidden);
  });

  it("takes from a doctor what he may write, and gives it back to him while he may", async () => {
    const bytes = randomBytes(100);
    await expect(doctor.store.put(bytes, file())).rejects.toEqual(forbidden);
    await grant(doctor, [], [RESULTS], now() + 3600);
    const written = await doctor.store.put(bytes, file());
    await expect(
      doctor.store.put(bytes, chartFile(addressOf(patient), (1 << RESULTS) | (1 << DIAGNOSIS))),
    ).rejects.toEqual(forbidden);
    expect(await patient.store.get(written, file())).toEqual(bytes);
    await revoke(doctor);
    await forget();
    await expect(doctor.store.get(written, file())).rejects.toEqual(forbidden);
  });

  it("removes what is of his chart for the patient alone, at once", async () => {
    await grant(doctor, [RESULTS], [RESULTS], now() + 3600);
    const written = await doctor.store.put(randomBytes(2_000_000), file());
    for (const stranger of [doctor, other, admin])
      await expect(stranger.store.remove(written, file())).rejects.toEqual(forbidden);
    expect(await patient.store.remove(written, file())).toBe("removed");
    await expect(doctor.store.get(written, file())).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
    expect(await patient.store.remove(written, file())).toBe("absent");
    await revoke(doctor);
  });

  it("stops when a doctor is suspended, for good", async () => {
    const results = await patient.store.put(randomBytes(100), file());
    await grant(colleague, [RESULTS], [RESULTS], now() + 3600);
    await colleague.store.get(results, file());
    await setMemberActive(admin, await readHospital(admin.chain, 1), addressOf(colleague), false);
    await forget();
    await expect(colleague.store.get(results, file())).rejects.toEqual(forbidden);
    await setMemberActive(admin, await readHospital(admin.chain, 1), addressOf(colleague), true);
    await expect(colleague.store.get(results, file())).rejects.toEqual(forbidden);
  });

  it("tells the patient what was never delivered, and nobody else", async () => {
    const nowhere = { codec: 0, digest: `0x${"ab".repeat(32)}` } as const;
    await expect(patient.store.get(nowhere, file())).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });
    await expect(other.store.get(nowhere, file())).rejects.toEqual(forbidden);
  });

  it("gives an auditor of the registrar ciphertext of charts, and no letters", async () => {
    const results = await patient.store.put(randomBytes(100), file());
    const letter = await patient.store.put(randomBytes(100), letterTo(addressOf(patient)));
    const registry = registrar.chain.deployment.registry;
    await write(registrar, registry, hospitalRegistryAbi, "setAuditor", [addressOf(other), true]);
    await other.store.get(results, file());
    await expect(other.store.get(letter, letterTo(addressOf(patient)))).rejects.toEqual(forbidden);
    await write(registrar, registry, hospitalRegistryAbi, "setAuditor", [addressOf(other), false]);
    await forget();
    await expect(other.store.get(results, file())).rejects.toEqual(forbidden);
  });

  it("gives a hospital's letters to its admins, and an account's to whoever acts for it", async () => {
    const { address } = await readHospital(admin.chain, 1);
    const card = await other.store.put(randomBytes(100), letterTo(address));
    await admin.store.get(card, letterTo(address));
    await expect(doctor.store.get(card, letterTo(address))).rejects.toEqual(forbidden);
    // A contract that is no hospital of the registry has no admins here.
    const { consent } = admin.chain.deployment;
    const odd = await other.store.put(randomBytes(100), letterTo(consent));
    await expect(admin.store.get(odd, letterTo(consent))).rejects.toEqual(forbidden);
  });

  it("knows a contract's signature (ERC-1271) while the contract says so", async () => {
    const artifact = join(ROOT, "artifacts/contracts/mocks/ContractWallet.sol/ContractWallet.json");
    const { abi, bytecode } = JSON.parse(await readFile(artifact, "utf8")) as { abi: Abi; bytecode: Hex };
    const { wallet, chain } = patient;
    const hash = await wallet.deployContract({ abi, bytecode, args: [addressOf(patient)], chain: wallet.chain });
    const { contractAddress } = await chain.client.waitForTransactionReceipt({ hash });
    const rights = storeRights(chain);
    const signature = await wallet.signMessage({ message: "hello" });
    expect(await rights.isSignedBy(contractAddress!, "hello", signature)).toBe(true);
    expect(await rights.isSignedBy(contractAddress!, "other", signature)).toBe(false);
    expect(await rights.isSignedBy(addressOf(patient), "hello", signature)).toBe(true);
    expect(await rights.isSignedBy(chain.deployment.consent, "hello", signature)).toBe(false);
  });
});

describe("the client of a store", () => {
  const letter = () => letterTo(addressOf(patient));

  async function openStore(): Promise<RunningStore> {
    const gate = { rights: storeRights(patient.chain) };
    return startStore({ dataDir: join(dataDir, "second"), port: 0, gate });
  }

  it("asks the wallet once for all stores, and signs in again by itself at one that was started anew", async () => {
    let asked = 0;
    const { wallet, chain } = patient;
    const signMessage: typeof wallet.signMessage = (message) => {
      asked += 1;
      return wallet.signMessage(message);
    };
    const session = storeSession(chain, { account: wallet.account, signMessage }, appAt(stack.storeUrl));
    const first = await openStore();
    const stores = [contentStore(stack.storeUrl, session), contentStore(first.url, session)];
    const bytes = randomBytes(100);
    const [reference] = await Promise.all(stores.map((store) => store.put(bytes, letter())));
    await first.close();
    const again = await startStore({
      dataDir: join(dataDir, "second"),
      port: first.port,
      gate: { rights: storeRights(chain) },
    });
    try {
      expect(await stores[1]!.get(reference!, letter())).toEqual(bytes);
      expect(asked).toBe(1);
      await session.end();
      await stores[0]!.get(reference!, letter());
      expect(asked).toBe(2);
    } finally {
      await again.close();
    }
  });

  it("stores and reads many small files in few requests, and is told of each that is not whole", async () => {
    const folder = join(dataDir, "fourth");
    const store = await startStore({ dataDir: folder, port: 0, gate: { rights: storeRights(patient.chain) } });
    const asked = vi.spyOn(globalThis, "fetch");
    try {
      const session = storeSession(patient.chain, patient.wallet, appAt(store.url));
      const client = contentStore(store.url, session);
      const files = Array.from({ length: 100 }, () => randomBytes(200));
      const own = categoryFile(addressOf(patient), RESULTS);
      const references = await Promise.all(files.map((bytes) => client.put(bytes, own)));
      const atStore = () => asked.mock.calls.filter(([url]) => String(url).startsWith(store.url)).length;
      const before = atStore();
      expect(await Promise.all(references.map((each) => client.get(each, own)))).toEqual(files);
      expect(atStore() - before).toBe(2);
      // Who uploads hashes first, and joins others when that is done: on a busy machine it is not at once for all.
      expect(before).toBeLessThanOrEqual(30);
      await damage(folder, files[42]!);
      const settled = await Promise.allSettled(references.map((each) => client.get(each, own)));
      const failed = settled.flatMap((each, place) => (each.status === "rejected" ? [[place, each.reason.code]] : []));
      expect(failed).toEqual([[42, "STORE_DAMAGED"]]);
      const foreign = categoryFile(addressOf(doctor), RESULTS);
      await expect(Promise.all(files.map((bytes) => client.put(bytes, foreign)))).rejects.toMatchObject({
        code: "STORE_FORBIDDEN",
      });
    } finally {
      asked.mockRestore();
      await store.close();
    }
  });

  it.each([
    ["nobody asked for", false],
    ["came already", true],
  ])("stops reading an answer at a block that %s, and asks for each file alone", async (_, isAsked) => {
    const store = await startStore({
      ...{ dataDir: join(dataDir, `fifth-${isAsked}`), port: 0 },
      gate: { rights: storeRights(patient.chain) },
    });
    const client = contentStore(store.url, storeSession(patient.chain, patient.wallet, appAt(store.url)));
    const own = categoryFile(addressOf(patient), RESULTS);
    const files = [randomBytes(200), randomBytes(200)];
    const references = await Promise.all(files.map((bytes) => client.put(bytes, own)));
    const bytes = isAsked ? files[0]! : randomBytes(200);
    const cid = toCid(await referenceOf(bytes));
    async function* forEver() {
      for (;;) yield { cid, bytes };
    }
    const real = globalThis.fetch;
    const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(async (url, sent) => {
      if (!String(url).endsWith("/deliveries")) return real(url, sent);
      return new Response(
        Readable.toWeb(Readable.from(writeCar([cid], forEver()))) as ReadableStream<Uint8Array<ArrayBuffer>>,
      );
    });
    try {
      expect(await Promise.all(references.map((each) => client.get(each, own)))).toEqual(files);
    } finally {
      fetch.mockRestore();
      await store.close();
    }
  });

  it("hears when the store cannot ask the chain, and gets nothing", async () => {
    const chain = { ...(await connectChain(rpcClient(stack.rpcUrl))), client: rpcClient("http://127.0.0.1:9") };
    const store = await startStore({ dataDir: join(dataDir, "third"), port: 0, gate: { rights: storeRights(chain) } });
    try {
      const session = storeSession(patient.chain, patient.wallet, appAt(store.url));
      await expect(contentStore(store.url, session).put(randomBytes(10), letter())).rejects.toMatchObject({
        code: "STORE_CHAIN_UNREACHABLE",
      });
    } finally {
      await store.close();
    }
  });
});
