import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { epochKey } from "../crypto/epoch.ts";
import {
  type EpochKey,
  type Keyring,
  type KeyringGrant,
  type PageKeys,
  type PageReference,
  sealGrant,
  sealPage,
} from "../crypto/keyring.ts";
import type { Consent } from "../chain/consent.ts";
import { findKey } from "../chain/directory.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import type { Ledger } from "../chain/ledger.ts";
import { categoryFile } from "../storage/scope.ts";
import { ChartKeys, readKeyring, readPage } from "./chart-keys.ts";
import {
  type ReadSession,
  type Session,
  type UnlockedSession,
  accountOf,
  chartContext,
  sameAddress,
} from "./session.ts";

const CATEGORIES = 9;
const EMPTY: Keyring = { number: 0, previous: null, epochs: {}, pages: [], grants: [] };

export function epochOf({ epochs }: Keyring, category: number): number {
  return epochs[category] ?? 0;
}

/** Somebody who was once sealed the keys of a category up to an epoch. */
interface Holder {
  account: Address;
  category: number;
  epoch: number;
}

/** What every keyring of a patient's consent says together; `holders` forget nobody. */
interface KeyringHistory {
  keyring: Keyring;
  /** Pages that a later one of the same category and epoch took the place of. */
  earlierPages: PageReference[];
  holders: Holder[];
}

/** Every keyring that the consent ever named, oldest first; undefined in the place of one that no store has, or that is damaged. */
async function readKeyrings(
  session: ReadSession,
  patient: Address,
  { changes }: Consent,
): Promise<(Keyring | undefined)[]> {
  const digests = [...new Set(changes.map(({ keyring }) => keyring).filter((digest) => digest !== ZERO_HEAD))];
  const read = async (digest: Hex) => {
    try {
      return await readKeyring(session, patient, digest);
    } catch (error) {
      if (isConnectionError(error)) throw error;
      return undefined;
    }
  };
  return Promise.all(digests.map(read));
}

/**
 * Joins all keyrings of a consent. The newest alone could have been made by a device that had not seen another's change, and who holds
 * which key must not depend on it. When one is lost, nobody knows whom it sealed what: every category goes on under an epoch that none can
 * have reached, since a change raises an epoch by one at most.
 */
export async function readKeyringHistory(session: Session, consent: Consent): Promise<KeyringHistory> {
  const keyrings = await readKeyrings(session, accountOf(session), consent);
  const joined = { ...EMPTY, epochs: {} as Record<string, number> };
  const pages = new Map<string, PageReference>();
  const grants = new Map<string, KeyringGrant>();
  const holders: Holder[] = [];
  const earlierPages: PageReference[] = [];
  if (keyrings.includes(undefined))
    for (let category = 1; category <= CATEGORIES; category++) joined.epochs[category] = consent.changes.length;
  for (const keyring of keyrings) {
    if (keyring === undefined) continue;
    for (const [category, epoch] of Object.entries(keyring.epochs))
      joined.epochs[category] = Math.max(joined.epochs[category] ?? 0, epoch);
    for (const page of keyring.pages) {
      const place = `${page.category}|${page.epoch}`;
      const before = pages.get(place);
      if (before !== undefined && before.digest !== page.digest) earlierPages.push(before);
      pages.set(place, page);
    }
    for (const grant of keyring.grants) {
      grants.set(grant.to, grant);
      for (const category of grant.categories)
        holders.push({ account: grant.to as Address, category, epoch: epochOf(keyring, category) });
    }
    joined.number = Math.max(joined.number, keyring.number);
  }
  return { keyring: { ...joined, pages: [...pages.values()], grants: [...grants.values()] }, holders, earlierPages };
}

/**
 * Raises the epoch of each category whose current key somebody holds who has no access any more: revoked, expired, suspended, or now
 * granted less. Nothing that is filed from here on is under a key of his. Grants of accounts without access are left out.
 * @param stays says whether an account has access to a category once the change is made.
 */
export async function raiseEpochs(
  { keyring, holders }: KeyringHistory,
  stays: (account: Address, category: number) => Promise<boolean>,
): Promise<Keyring> {
  const epochs = { ...keyring.epochs };
  for (const { account, category, epoch } of holders)
    if (epoch === epochOf(keyring, category) && !(await stays(account, category))) epochs[category] = epoch + 1;
  const kept = await Promise.all(
    keyring.grants.map(async ({ to, categories }) =>
      (await Promise.all(categories.map((category) => stays(to as Address, category)))).every(Boolean),
    ),
  );
  return { ...keyring, epochs, grants: keyring.grants.filter((_, index) => kept[index]) };
}

function epochKeysUpTo(session: UnlockedSession, keyring: Keyring, category: number): Promise<EpochKey[]> {
  const chart = chartContext(session, accountOf(session));
  const epochs = Array.from({ length: epochOf(keyring, category) + 1 }, (_, epoch) => epoch);
  return Promise.all(
    epochs.map(async (epoch) => ({
      category,
      epoch,
      key: await epochKey(session.vault.chartKey, chart, category, epoch),
    })),
  );
}

const isIn = (categories: number, category: number, kind: string) =>
  kind === "batch" ? ((categories >> category) & 1) === 1 : categories === category;

async function unfiledKeys(
  session: UnlockedSession,
  ledger: Ledger,
  keys: ChartKeys,
  category: number,
  filed: Set<string>,
): Promise<PageKeys> {
  const found = new Map<string, Bytes>();
  for (const entry of ledger.entries) {
    if (!isIn(entry.categories, category, entry.kind) || filed.has(entry.recordId)) continue;
    try {
      found.set(entry.recordId, await keys.find(entry, category));
    } catch (error) {
      // Its author chose these bytes: an entry that cannot be opened must not keep the others from being filed.
      if (isConnectionError(error)) throw error;
    }
  }
  return found;
}

/**
 * Files the keys of every entry of a category that no page has yet, under the category's current epoch. What a lost or damaged page had is
 * filed anew with them, out of the wraps (O26).
 */
export async function fileKeys(
  session: UnlockedSession,
  keyring: Keyring,
  ledger: Ledger,
  category: number,
): Promise<Keyring> {
  const patient = accountOf(session);
  const chart = chartContext(session, patient);
  const file = categoryFile(patient, category);
  const epochKeys = await epochKeysUpTo(session, keyring, category);
  const pages = new Map<number, PageKeys>();
  const lost = new Set<PageReference>();
  for (const page of keyring.pages.filter((candidate) => candidate.category === category)) {
    const keys = await readPage(session, patient, epochKeys[page.epoch]!, page);
    if (keys === undefined) lost.add(page);
    else pages.set(page.epoch, keys);
  }
  const filed = new Set([...pages.values()].flatMap((page) => [...page.keys()]));
  const added = await unfiledKeys(session, ledger, new ChartKeys(session, patient), category, filed);
  const left = { ...keyring, pages: keyring.pages.filter((page) => !lost.has(page)) };
  if (added.size === 0) return left;
  const epoch = epochOf(keyring, category);
  const page = await sealPage(chart, epochKeys[epoch]!, new Map([...(pages.get(epoch) ?? []), ...added]));
  const reference: PageReference = { category, epoch, ...(await session.store.put(page, file)) };
  const others = left.pages.filter((candidate) => candidate.category !== category || candidate.epoch !== epoch);
  return { ...keyring, pages: [...others, reference] };
}

/** Seals every epoch of the granted categories to one reader. Throws `KEY_MISSING`. */
export async function sealTo(
  session: UnlockedSession,
  keyring: Keyring,
  reader: { account: Address; hospital: number; expiry: number; categories: number[] },
): Promise<KeyringGrant> {
  const key = await findKey(session.chain, reader.account);
  if (key === undefined)
    throw new ChartkeyError(
      "KEY_MISSING",
      "This doctor has no encryption key yet. Ask them to open Chartkey once, then grant access.",
    );
  const keys = (
    await Promise.all(reader.categories.map((category) => epochKeysUpTo(session, keyring, category)))
  ).flat();
  const { hospital, expiry } = reader;
  return sealGrant(chartContext(session, accountOf(session)), key, { hospital, expiry }, keys);
}

/** Seals again for readers who stay, where their categories went on under a new epoch and their key is still the one they had. */
export async function resealOthers(
  session: UnlockedSession,
  before: Keyring,
  after: Keyring,
  except: Address,
): Promise<KeyringGrant[]> {
  return Promise.all(
    after.grants
      .filter(({ to }) => !sameAddress(to, except))
      .map(async (grant) => {
        const raised = grant.categories.some((category) => epochOf(before, category) !== epochOf(after, category));
        const key = raised ? await findKey(session.chain, grant.to as Address) : undefined;
        if (key === undefined || key.keyVersion !== grant.keyVersion) return grant;
        const { hospital, expiry, categories } = grant;
        return sealTo(session, after, { account: key.account, hospital, expiry, categories });
      }),
  );
}
