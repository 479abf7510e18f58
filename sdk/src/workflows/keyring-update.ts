import type { Address } from "viem";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { epochKey } from "../crypto/epoch.ts";
import {
  type EpochKey,
  type Keyring,
  type KeyringGrant,
  type PageKeys,
  type PageReference,
  openPage,
  sealGrant,
  sealPage,
} from "../crypto/keyring.ts";
import { type Consent, canRead } from "../chain/consent.ts";
import { findKey } from "../chain/directory.ts";
import type { Ledger } from "../chain/ledger.ts";
import { ChartKeys, readKeyring } from "./chart-keys.ts";
import { type ReadSession, type UnlockedSession, accountOf, chartContext, sameAddress } from "./session.ts";

const EMPTY: Keyring = { number: 0, previous: null, epochs: {}, pages: [], grants: [] };

export async function currentKeyring(session: ReadSession, { keyring }: Consent): Promise<Keyring> {
  return keyring === undefined ? EMPTY : readKeyring(session, keyring);
}

export function epochOf({ epochs }: Keyring, category: number): number {
  return epochs[category] ?? 0;
}

/** The keyring without a reader in some of his categories: those categories go on under a new epoch, which he has no key of. */
export function withoutReader(keyring: Keyring, account: string, keep: number[] = []): Keyring {
  const lost = keyring.grants.filter(({ to }) => sameAddress(to, account)).flatMap(({ categories }) => categories);
  const raised = lost.filter((category) => !keep.includes(category));
  const epochs = { ...keyring.epochs };
  for (const category of raised) epochs[category] = epochOf(keyring, category) + 1;
  return { ...keyring, epochs, grants: keyring.grants.filter(({ to }) => !sameAddress(to, account)) };
}

/** The keyring without readers whose access ended without the patient's doing: expired, or their doctor suspended. */
export async function withoutEnded(session: UnlockedSession, patient: Address, keyring: Keyring): Promise<Keyring> {
  let current = keyring;
  for (const grant of keyring.grants) {
    const still = await Promise.all(
      grant.categories.map((category) => canRead(session.chain, patient, grant.to as Address, category)),
    );
    if (!still.every(Boolean)) current = withoutReader(current, grant.to);
  }
  return current;
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

/** Codes after which an entry cannot be filed now: nobody has its bytes. It stays in the ledger as announced, never delivered. */
const UNDELIVERED = ["NO_ACCESS", "STORE_NOT_FOUND", "STORE_WRONG_BYTES"];

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
      if (!(error instanceof ChartkeyError && UNDELIVERED.includes(error.code))) throw error;
    }
  }
  return found;
}

/** Files the keys of every entry of a category that no page has yet, under the category's current epoch. */
export async function fileKeys(
  session: UnlockedSession,
  keyring: Keyring,
  ledger: Ledger,
  category: number,
): Promise<Keyring> {
  const patient = accountOf(session);
  const chart = chartContext(session, patient);
  const epochKeys = await epochKeysUpTo(session, keyring, category);
  const pages = new Map<number, PageKeys>();
  for (const page of keyring.pages.filter((candidate) => candidate.category === category))
    pages.set(page.epoch, await openPage(chart, epochKeys[page.epoch]!, await session.store.get(page)));
  const filed = new Set([...pages.values()].flatMap((page) => [...page.keys()]));
  const added = await unfiledKeys(session, ledger, new ChartKeys(session, patient), category, filed);
  if (added.size === 0) return keyring;
  const epoch = epochOf(keyring, category);
  const page = await sealPage(chart, epochKeys[epoch]!, new Map([...(pages.get(epoch) ?? []), ...added]));
  const reference: PageReference = { category, epoch, ...(await session.store.put(page)) };
  const others = keyring.pages.filter((candidate) => candidate.category !== category || candidate.epoch !== epoch);
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
