import {
  ChartkeyError,
  type HealthCard,
  type HealthCardCheck,
  type HealthCardKeys,
  MAX_CARD_KEYS,
  checkHealthCard,
  newCardRoom,
  readHealthCardKeys,
  readHealthCards,
  requestHealthCardKeys,
} from "@chartkey/sdk";
import { Option } from "commander";
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Io } from "./io.ts";
import { httpUrl, toInstant } from "./values.ts";

/** Keys by which cards are checked: nobody is asked for them unless that is said. */
export const KEY_OPTIONS: readonly Option[] = [
  new Option("--keys <file>", "the issuer's key file (jwks.json), or a list of issuers with their keys"),
  new Option("--issuer <url>", "whose key file it is, when the cards name several issuers"),
  new Option("--ask-issuer", "ask each issuer for its keys: it learns that somebody looks").conflicts("keys"),
];

/** A card as it is told; `unchecked` while no key was given for its issuer. */
export type ToldCard =
  | { state: "unreadable"; code: string }
  | {
      state: HealthCardCheck["state"] | "unchecked";
      revocation?: "notListed" | "unknown";
      issuer: string;
      issued: string;
      expires: string | null;
      fhir: Record<string, unknown>;
    };

/** Keys for one issuer, of those that the cards name; undefined when none were given for it. */
export type CardKeys = (issuer: string, all: ReadonlySet<string>) => Promise<HealthCardKeys | undefined>;

async function fromFile(io: Io, name: string, issuer: string | undefined): Promise<CardKeys> {
  const path = resolve(io.cwd, name);
  if ((await stat(path)).size > MAX_CARD_KEYS)
    throw new ChartkeyError("HEALTH_CARD_KEYS_MALFORMED", "The file of keys is too large. Nothing was checked.");
  const bytes = new Uint8Array(await readFile(path));
  const { namesIssuers } = readHealthCardKeys(bytes, issuer ?? "");
  return (asked, all) => {
    if (!namesIssuers && issuer === undefined && all.size > 1)
      io.stderr(`The key file does not say whose it is. Keys for ${asked}: with --issuer.\n`);
    const isFor = namesIssuers || asked === (issuer ?? (all.size === 1 ? asked : undefined));
    return Promise.resolve(isFor ? readHealthCardKeys(bytes, asked) : undefined);
  };
}

async function fromIssuer(io: Io, issuer: string): Promise<HealthCardKeys | undefined> {
  io.stderr(`Asking ${new URL(issuer).host} for its keys.\n`);
  try {
    return await requestHealthCardKeys(issuer);
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
    io.stderr(`${error.message}\n`);
    return undefined;
  }
}

/** Where keys come from, by `KEY_OPTIONS`. A file is read now. Throws `HEALTH_CARD_KEYS_MALFORMED`, and what node:fs throws. */
export async function cardKeys(io: Io, options: Record<string, unknown>): Promise<CardKeys> {
  const { keys, issuer, askIssuer } = options;
  const named = issuer === undefined ? undefined : httpUrl(issuer as string, "--issuer");
  if (typeof keys === "string") return fromFile(io, keys, named);
  return (asked) => (askIssuer === true ? fromIssuer(io, asked) : Promise.resolve(undefined));
}

const readFileOf = (file: Uint8Array<ArrayBuffer>, room: ReturnType<typeof newCardRoom>) =>
  readHealthCards(file, room).catch((error: unknown) => {
    if (error instanceof ChartkeyError) return [error];
    throw error;
  });

/** Reads files of cards, and holds each card against the keys that there are for its issuer. */
export async function checkCards(files: readonly Uint8Array<ArrayBuffer>[], keysOf: CardKeys): Promise<ToldCard[][]> {
  const room = newCardRoom();
  const read: (HealthCard | ChartkeyError)[][] = [];
  // One after another, since they share the room.
  for (const file of files) read.push(await readFileOf(file, room));
  const issuers = new Set(read.flat().flatMap((each) => (each instanceof ChartkeyError ? [] : [each.issuer])));
  const keys = new Map<string, HealthCardKeys | undefined>();
  for (const issuer of issuers) keys.set(issuer, await keysOf(issuer, issuers));
  const told = (each: HealthCard | ChartkeyError) =>
    each instanceof ChartkeyError
      ? { state: "unreadable" as const, code: each.code }
      : tell(each, keys.get(each.issuer));
  return Promise.all(read.map((cards) => Promise.all(cards.map(told))));
}

async function tell(card: HealthCard, keys: HealthCardKeys | undefined): Promise<ToldCard> {
  const { issuer, issued, expires, bundle } = card;
  const check = keys === undefined ? { state: "unchecked" as const } : await checkHealthCard(card, keys);
  return {
    ...check,
    ...{ issuer, issued: toInstant(issued), expires: expires === undefined ? null : toInstant(expires), fhir: bundle },
  };
}
