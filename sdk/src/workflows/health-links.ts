import type { Address } from "viem";
import { type Bytes, fromUtf8, randomBytes, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type HealthLinkFile, newHealthLinkKey, sealHealthLinkFile } from "../crypto/health-link.ts";
import { OwnBox } from "../crypto/vault/own-box.ts";
import { type LinkFile, type LinkStore, type StoredLink, linkName } from "../storage/link-store.ts";
import { originOf, storesOf } from "../storage/replicated-store.ts";
import { type HealthLink, decodeHealthLink, encodeHealthLink } from "./health-link.ts";
import { type UnlockedSession, accountOf, vaultContext } from "./session.ts";

/** Passcodes that the store takes, in UTF-16 code units, without white space at either end. */
export const LINK_PASSCODE = { min: 6, max: 128 } as const;
/** How often a store lets a link open that names no number. */
export const MAX_LINK_USES = 1_000;

/** What a link opens, and for how long. */
export interface LinkOffer {
  files: readonly HealthLinkFile[];
  /** Unix seconds from which it opens nothing; at most 366 days ahead. */
  exp: number;
  /** For people, at most 80 characters: whoever has the link reads it before anything is asked for. */
  label?: string;
  /** Without the white space at either end, which people do not say and viewers leave out. */
  passcode?: string;
  /** Whether what it opens may be replaced later (flag `L`): its readers are told that it can change. */
  renewable?: boolean;
  /** How often it opens; when absent, `MAX_LINK_USES` times. */
  uses?: number;
}

/** A link that the account made. */
export interface OwnHealthLink extends Omit<StoredLink, "note"> {
  /** URL of the store that serves it. */
  store: string;
  /** The link's text, for a picture or a message: a secret. Undefined when another key wrote what belongs to it. */
  text: string | undefined;
  label: string | undefined;
}

/** Longest life of a link, in seconds. */
const MAX_LIFE = 366 * 86_400;

function check({ passcode, exp }: LinkOffer, now = Date.now() / 1000): void {
  if (passcode !== undefined && (passcode.length < LINK_PASSCODE.min || passcode.length > LINK_PASSCODE.max))
    throw new ChartkeyError(
      "HEALTH_LINK_PASSCODE_LENGTH",
      `A passcode has ${LINK_PASSCODE.min} to ${LINK_PASSCODE.max} characters. Nothing was sent. Choose another one.`,
    );
  if (!(exp > now && exp <= now + MAX_LIFE))
    throw new ChartkeyError(
      "HEALTH_LINK_END",
      "A link ends within 366 days, and not before now. Nothing was sent. Choose another end.",
    );
}

const boxOf = (session: UnlockedSession): OwnBox => new OwnBox(session.vault, vaultContext(session), "health-link");

/**
 * Makes a SMART Health Link: seals the files under a key of its own and leaves them at the first store that takes them, with a note of the
 * link that only this account's vault opens. Whoever has the link, and the passcode if there is one, reads them until the end.
 * Throws `HEALTH_LINK_PASSCODE_LENGTH`, `HEALTH_LINK_END`, `HEALTH_LINK_MALFORMED` (the label is too long), `STORE_WITHOUT_LINKS`, `STORE_QUOTA`,
 * and what a store refuses with.
 */
export async function makeHealthLink(
  session: UnlockedSession,
  { passcode, ...given }: LinkOffer,
): Promise<{ name: string; text: string }> {
  const offer: LinkOffer = passcode === undefined ? given : { ...given, passcode: passcode.trim() };
  check(offer);
  const failures: ChartkeyError[] = [];
  for (const { links } of storesOf(session.store)) {
    try {
      return await makeAt(links, session, offer);
    } catch (error) {
      if (!isOfThisStore(error)) throw error;
      failures.push(error);
    }
  }
  throw failures[0]!;
}

/** Whether another store may take what this one does not. */
const isOfThisStore = (error: unknown): error is ChartkeyError =>
  error instanceof ChartkeyError && ["STORE_WITHOUT_LINKS", "STORE_UNREACHABLE", "STORE_QUOTA"].includes(error.code);

const flagOf = (renewable: boolean, guarded: boolean): { flag?: string } =>
  renewable || guarded ? { flag: `${renewable ? "L" : ""}${guarded ? "P" : ""}` } : {};

const sealAll = (key: Bytes, files: readonly HealthLinkFile[]): Promise<LinkFile[]> =>
  Promise.all(files.map(async (file) => ({ contentType: file.contentType, jwe: await sealHealthLinkFile(key, file) })));

async function makeAt(
  links: LinkStore,
  session: UnlockedSession,
  { files, exp, label, passcode, uses, renewable = false }: LinkOffer,
): Promise<{ name: string; text: string }> {
  const id = toBase64Url(randomBytes(32));
  const key = newHealthLinkKey();
  const link: HealthLink = {
    ...{ url: links.urlOf(id), key, exp },
    ...flagOf(renewable, passcode !== undefined),
    ...(label === undefined || label === "" ? {} : { label }),
  };
  const text = encodeHealthLink(link);
  const name = linkName(id);
  await links.make({
    ...{
      id,
      patient: accountOf(session),
      exp,
      files: await sealAll(key, files),
      renewable,
      note: await boxOf(session).seal(name, utf8(text)),
    },
    ...(passcode === undefined ? {} : { passcode }),
    ...(uses === undefined ? {} : { uses }),
  });
  return { name, text };
}

async function toOwn(session: UnlockedSession, store: string, { note, ...stored }: StoredLink): Promise<OwnHealthLink> {
  try {
    const text = fromUtf8(await boxOf(session).open(stored.name, note));
    return { ...stored, store, text, label: decodeHealthLink(text).label };
  } catch (error) {
    // What a note holds is that link's own matter: it can be ended all the same.
    if (!(error instanceof ChartkeyError)) throw error;
    return { ...stored, store, text: undefined, label: undefined };
  }
}

/** The account's links, as far as stores answered. */
export interface HealthLinkList {
  /** Newest first. */
  links: OwnHealthLink[];
  /** Stores that did not say which links they serve: there may be more. */
  silent: { store: string; cause: ChartkeyError }[];
}

/**
 * The account's links at all stores. Stores that serve none are left out. Throws `WALLET_REJECTED`, and what the first store throws when none
 * answers.
 */
export async function readHealthLinks(session: UnlockedSession): Promise<HealthLinkList> {
  const patient: Address = accountOf(session);
  const list: HealthLinkList = { links: [], silent: [] };
  const stores = storesOf(session.store);
  const asked = await Promise.allSettled(stores.map(({ links }) => links.list(patient)));
  for (const [place, answer] of asked.entries()) {
    const store = originOf(stores[place]!);
    if (answer.status === "fulfilled")
      list.links.push(...(await Promise.all(answer.value.map((link) => toOwn(session, store, link)))));
    else list.silent.push(...toSilent(store, answer.reason));
  }
  if (list.silent.length === stores.length) throw list.silent[0]!.cause;
  list.links.reverse().sort((left, right) => right.made - left.made);
  return list;
}

/** A store without links is silent about nothing. A declined sign-in is everybody's answer. */
function toSilent(store: string, error: unknown): HealthLinkList["silent"] {
  if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
  return error.code === "STORE_WITHOUT_LINKS" ? [] : [{ store, cause: error }];
}

function linksAt(session: UnlockedSession, store: string): LinkStore {
  const found = storesOf(session.store).find((candidate) => originOf(candidate) === store);
  if (found !== undefined) return found.links;
  throw new ChartkeyError(
    "STORE_NOT_FOUND",
    "The store that serves this link is not configured here. The link opens what it did.",
  );
}

/** Ends a link for good at the store that serves it. What was fetched before stays with whoever fetched it. Throws what that store throws. */
export async function endHealthLink(
  session: UnlockedSession,
  { name, store }: Pick<OwnHealthLink, "name" | "store">,
): Promise<void> {
  await linksAt(session, store).end(name, accountOf(session));
}

/**
 * Replaces what a link opens, all or nothing: address, key, passcode, end and number of openings stay. Whoever asks for it from then on gets
 * these files; what was fetched before stays with whoever fetched it. Throws `HEALTH_LINK_FIXED` for one that was not made for it or whose text
 * another key sealed, `STORE_NOT_FOUND` when it is over, and what its store throws.
 */
export async function renewHealthLink(
  session: UnlockedSession,
  { name, store, text, renewable }: Pick<OwnHealthLink, "name" | "store" | "text" | "renewable">,
  files: readonly HealthLinkFile[],
): Promise<void> {
  if (!renewable || text === undefined)
    throw new ChartkeyError(
      "HEALTH_LINK_FIXED",
      "What this link opens cannot be replaced: it was not made for that, or by another key. Nothing was sent. Make a new link.",
    );
  const { key } = decodeHealthLink(text);
  await linksAt(session, store).renew(name, accountOf(session), await sealAll(key, files));
}
