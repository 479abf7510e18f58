import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Session,
  type StoreFault,
  accountOf,
  appAt,
  categoryFile,
  chartFile,
  claim,
  confirmMember,
  contentStore,
  contentStores,
  createHospital,
  grantAccess,
  invite,
  parseCid,
  publishBatch,
  publishRecord,
  randomBytes,
  readHospital,
  readLedger,
  setAccreditation,
  storeRights,
  storeSession,
  utf8,
} from "@chartkey/sdk";
import type { Hex } from "viem";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Two stores, each with a gate of its own, behind one client. */

/** The category of files that these tests store and never anchor. */
const LOOSE = 9;

let dataDir: string;
let stack: Stack;
let patient: Session;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-two-stores-"));
  stack = await startTestStack({ dataDir, stores: 2 });
  patient = await actor(stack, 3);
}, 240_000);

afterAll(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe("two stores with gates", () => {
  it("cost one signature of the wallet in all, and both have what was written", async () => {
    const { chain, wallet } = patient;
    const signMessage = vi.fn(wallet.signMessage);
    const session = storeSession(chain, { account: wallet.account, signMessage }, appAt(stack.storeUrls[0]));
    const faults: StoreFault[] = [];
    const store = contentStores(stack.storeUrls, session, (fault) => faults.push(fault));
    const own = categoryFile(wallet.account.address, LOOSE);
    const files = await Promise.all(
      [100, 1_500_000].map(async (size) => {
        const bytes = randomBytes(size);
        return { bytes, reference: await store.put(bytes, own) };
      }),
    );
    for (const { bytes, reference } of files) {
      expect(await store.get(reference, own)).toEqual(bytes);
      for (const url of stack.storeUrls) expect(await contentStore(url, session).get(reference, own)).toEqual(bytes);
    }
    expect(signMessage).toHaveBeenCalledTimes(1);
    expect(faults).toEqual([]);
    await session.end();
  });
});

interface Stored {
  codec: 0 | 1;
  digest: string;
  categories: number;
  uploader: string;
  since: number;
}

/** What the first store has for a patient's chart, as it noted it. */
async function storedFor(patient: string): Promise<Stored[]> {
  const log = await readFile(join(dataDir, "store/scopes.log"), "utf8");
  const lines = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line.slice(17)) as unknown[]);
  return lines
    .filter(([, kind, owner, mask]) => kind === "chart" && owner === patient.toLowerCase() && mask !== 1 << LOOSE)
    .map(([cid, , , categories, , uploader]) => ({
      ...parseCid(String(cid)),
      ...{ categories: Number(categories), uploader: String(uploader), since: 0 },
    }));
}

describe("what a chain names of a chart", () => {
  it("O18 is all that a patient and a doctor wrote, whoever stored it and when, and nothing else", async () => {
    const [registrar, admin, doctor, owner] = await Promise.all([
      actor(stack, 0),
      unlockedActor(stack, 1),
      unlockedActor(stack, 2),
      unlockedActor(stack, 3),
    ]);
    const account = accountOf(owner);
    const staff = { account: accountOf(doctor), name: "Dr Amara Okafor", role: "doctor", speciality: 2 } as const;
    await setAccreditation(registrar, await createHospital(admin, { name: "Ridgeway", staff: [] }), "accredited");
    await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: staff.name });
    await confirmMember(admin, await readHospital(admin.chain, 1), staff.account, staff);
    const draft = (category: number) => ({ category, meta: { contentType: "text/plain" }, data: randomBytes(20) });
    await publishRecord(owner, account, draft(2));
    await publishBatch(owner, account, [draft(2), draft(7), draft(7)]);
    const expiry = Math.floor(Date.now() / 1000) + 3600;
    const terms = { grantee: staff.account, hospital: 1, read: [2, 7], write: [7], expiry };
    // A grant counts from a second in which the doctor was active already.
    await expect
      .poll(
        () =>
          grantAccess(owner, terms).then(
            () => true,
            () => false,
          ),
        { interval: 500 },
      )
      .toBe(true);
    await expect
      .poll(() =>
        publishBatch(doctor, account, [draft(7)]).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    const written = await storedFor(account);
    const orphan = await owner.store.put(randomBytes(30), categoryFile(account, 7));
    const { named } = storeRights(patient.chain);
    const read = (digest: string) => {
      const { categories = 0 } = written.find((file) => file.digest === digest) ?? {};
      return owner.store.getDocument(digest as Hex, chartFile(account, categories)).catch(() => undefined);
    };
    // Copied by somebody else, and long after: as a repair does it.
    const moved = (file: Stored) => ({
      ...file,
      uploader: "0x00000000000000000000000000000000000000aa",
      since: expiry * 2,
    });
    const lost = moved({ ...orphan, categories: 1 << 7, uploader: "", since: 0 });
    for (const files of [written, written.map(moved)])
      expect(await named(account, [...files, lost], read)).toEqual([...files.map(() => true), false]);
    expect(written.length).toBeGreaterThanOrEqual(11);
    await expect(named(account, [lost], async () => undefined)).rejects.toMatchObject({ code: "STORE_NOT_FOUND" });

    const { entries } = await readLedger(owner.chain, account);
    const list = entries.find(({ batch, author }) => batch !== undefined && author !== account)!;
    const readAs = (text: string) => async (digest: string) => (digest === list.payload ? utf8(text) : read(digest));
    // What nobody can ever read stops no sweep; what a later program may read does.
    for (const text of ["no list", '{"v":1}', JSON.stringify({ v: 1, leaves: [list.payload], sections: [] })])
      expect(await named(account, [lost], readAs(text))).toEqual([false]);
    await expect(named(account, [lost], readAs('{"v":2}'))).rejects.toMatchObject({ code: "DOCUMENT_VERSION" });
  });
});
