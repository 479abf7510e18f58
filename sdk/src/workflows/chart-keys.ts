import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import {
  type EpochKey,
  type Keyring,
  type PageKeys,
  type PageReference,
  decodeKeyring,
  openGrant,
  openPage,
} from "../crypto/keyring.ts";
import { epochKey } from "../crypto/epoch.ts";
import { type Wraps, decodeWraps, openForPatient, unwrapKey } from "../crypto/wraps.ts";
import { readConsent } from "../chain/consent.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { categoryFile, chartFile } from "../storage/scope.ts";
import { wrapTarget } from "./seal.ts";
import {
  ALL_CATEGORIES,
  type ReadSession,
  type UnlockedSession,
  accountOf,
  chartContext,
  entryFile,
  sameAddress,
} from "./session.ts";

/** Reads the keyring of a patient that a digest names. */
export async function readKeyring({ store }: ReadSession, patient: Address, digest: Hex): Promise<Keyring> {
  return decodeKeyring(await store.getDocument(digest, chartFile(patient, ALL_CATEGORIES)));
}

/** Keys of the epochs that `keyring` has pages for, as the patient derives them. */
export function ownEpochKeys(session: UnlockedSession, patient: Address, keyring: Keyring): Promise<EpochKey[]> {
  return Promise.all(
    keyring.pages.map(async ({ category, epoch }) => ({
      category,
      epoch,
      key: await epochKey(session.vault.chartKey, chartContext(session, patient), category, epoch),
    })),
  );
}

/** Opens a key page; undefined when no store has it, or it is damaged: the others are none the worse. Throws what the connection does. */
export async function readPage(
  session: ReadSession,
  patient: Address,
  key: EpochKey,
  page: PageReference,
): Promise<PageKeys | undefined> {
  try {
    const sealed = await session.store.get(page, categoryFile(patient, page.category));
    return await openPage(chartContext(session, patient), key, sealed);
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return undefined;
  }
}

/** Opens those pages of `keyring` that `keys` open, by category. */
export async function openPages(
  session: UnlockedSession,
  patient: Address,
  keyring: Keyring,
  keys: EpochKey[],
): Promise<Map<number, PageKeys>> {
  const opened = new Map<number, PageKeys>();
  for (const page of keyring.pages) {
    const key = keys.find(({ category, epoch }) => category === page.category && epoch === page.epoch);
    if (key === undefined) continue;
    const entries = (await readPage(session, patient, key, page)) ?? [];
    opened.set(page.category, new Map([...(opened.get(page.category) ?? []), ...entries]));
  }
  return opened;
}

/** The error for a record that an account may not read, or has no key for. */
export function noAccess({ recordId }: LedgerEntry, cause?: unknown): ChartkeyError {
  return new ChartkeyError("NO_ACCESS", "You have no access to this record. Ask the patient for it.", {
    cause,
    details: { recordId },
  });
}

/** Bytes of a content key. */
const KEY_SIZE = 32;

/** The content keys of one chart that an account can open. Documents are read once. */
export class ChartKeys {
  readonly #session: UnlockedSession;
  readonly #patient: Address;
  readonly #wraps = new Map<Hex, Promise<Wraps>>();
  #pages: Promise<Map<number, PageKeys>> | undefined;

  constructor(session: UnlockedSession, patient: Address) {
    this.#session = session;
    this.#patient = patient;
  }

  /** The key of a record (for a batch: of its section) in `category`. Throws `NO_ACCESS`, and what the store throws. */
  async find(entry: LedgerEntry, category: number): Promise<Bytes> {
    const key = (await this.#fromWraps(entry, category)) ?? (await this.#fromPages(entry, category));
    if (key === undefined) throw noAccess(entry);
    return key;
  }

  /** The secret of an entry that only the patient can open; undefined when there is none. */
  async findPatientOnly(entry: LedgerEntry): Promise<Bytes | undefined> {
    const target = wrapTarget(this.#session, this.#patient, entry.author, entry.payload);
    return openForPatient(
      await this.#readWraps(entry),
      target,
      entry.categories,
      this.#patient,
      this.#session.vault.identity,
    );
  }

  async #readWraps(entry: LedgerEntry): Promise<Wraps> {
    const { wraps } = entry;
    let reading = this.#wraps.get(wraps);
    if (reading === undefined) {
      reading = this.#session.store.getDocument(wraps, entryFile(entry)).then(decodeWraps);
      this.#wraps.set(wraps, reading);
    }
    return reading;
  }

  async #fromWraps(entry: LedgerEntry, category: number): Promise<Bytes | undefined> {
    const target = wrapTarget(this.#session, this.#patient, entry.author, entry.payload);
    const [account, { identity }] = [accountOf(this.#session), this.#session.vault];
    try {
      const key = await unwrapKey(await this.#readWraps(entry), target, category, account, identity);
      return key?.length === KEY_SIZE ? key : undefined;
    } catch (error) {
      // A lost or damaged wraps document, or a wrap for an earlier key of ours: the key page may still have the key.
      if (isConnectionError(error)) throw error;
      return undefined;
    }
  }

  async #fromPages({ recordId }: LedgerEntry, category: number): Promise<Bytes | undefined> {
    this.#pages ??= this.#loadPages();
    return (await this.#pages).get(category)?.get(recordId);
  }

  /** A keyring is its patient's document: a damaged one opens nothing to others, and must not stop them. */
  async #loadPages(): Promise<Map<number, PageKeys>> {
    try {
      return await this.#openPages();
    } catch (error) {
      if (isConnectionError(error)) throw error;
      return new Map();
    }
  }

  async #openPages(): Promise<Map<number, PageKeys>> {
    const [session, patient] = [this.#session, this.#patient];
    const consent = await readConsent(session.chain, patient);
    if (consent.keyring === undefined) return new Map();
    const keyring = await readKeyring(session, patient, consent.keyring);
    const account = accountOf(session);
    if (sameAddress(account, patient))
      return openPages(session, patient, keyring, await ownEpochKeys(session, patient, keyring));
    const grant = keyring.grants.find(({ to }) => sameAddress(to, account));
    if (grant === undefined) return new Map();
    return openPages(
      session,
      patient,
      keyring,
      await openGrant(chartContext(session, patient), grant, session.vault.identity),
    );
  }
}
