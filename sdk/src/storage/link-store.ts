import { type Address, sha256, stringToBytes } from "viem";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { rawReference, toCid } from "./cid.ts";
import { type Sent, fetchCapped } from "./fetch.ts";
import { whenNotBusy } from "./patience.ts";
import { signedIn } from "./signed-in.ts";
import type { StoreSession } from "./store-session.ts";

/** A health link, as a store is asked to serve it. */
export interface NewLink {
  /** 32 random bytes, base64url. */
  readonly id: string;
  readonly patient: Address;
  /** Unix seconds from which it opens nothing. */
  readonly exp: number;
  /** How often it opens; when absent, as often as the store lets it. */
  readonly uses?: number;
  readonly passcode?: string;
  /** For the patient alone: sealed. */
  readonly note: Bytes;
  /** Whether what it opens may be replaced. */
  readonly renewable?: boolean;
  readonly files: readonly LinkFile[];
}

/** A file of a link: compact JWE. */
export interface LinkFile {
  readonly contentType: string;
  readonly jwe: string;
}

export const LINK_STATES = ["open", "expired", "revoked", "spent", "locked"] as const;
/** `spent`: opened as often as it was to be. `locked`: too many wrong passcodes. */
export type LinkState = (typeof LINK_STATES)[number];

/** A link as a store has it. */
export interface StoredLink {
  /** Names it without opening it. */
  readonly name: string;
  readonly state: LinkState;
  /** Unix seconds. */
  readonly made: number;
  readonly exp: number;
  readonly uses: number;
  readonly maxUses: number;
  readonly passcode: boolean;
  /** Whether what it opens may be replaced, and Unix seconds at which it last was. */
  readonly renewable: boolean;
  readonly renewed: number | undefined;
  readonly remainingAttempts: number;
  readonly note: Bytes;
  /** Who said to be whom, newest last; times in Unix seconds. */
  readonly openings: readonly { time: number; recipient: string }[];
}

const MAX_ANSWER = 4_096;
const MAX_LIST = 1 << 22;

/** By what a store names a link: from it the id does not follow. */
export const linkName = (id: string): string => toCid(rawReference(sha256(stringToBytes(id)))).toString();

const strange = () =>
  new ChartkeyError("STORE_REFUSED", "The store answered in a way that Chartkey does not know. Ask another one.");

/** A store without such a page, as a plain Kubo, serves no links. Throws in every case. */
function asWithoutLinks(error: unknown): never {
  if (!(error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND")) throw error;
  throw new ChartkeyError("STORE_WITHOUT_LINKS", "This store serves no health links. Use a Chartkey store.", {
    cause: error,
  });
}

/** The health links that one store serves for whoever acts for their patient (docs/protocol.md, Health links). */
export class LinkStore {
  readonly url: string;
  readonly #session: StoreSession | undefined;

  constructor(url: string, session: StoreSession | undefined) {
    this.url = url;
    this.#session = session;
  }

  /** Where a link of this store is asked for. */
  urlOf(id: string): string {
    return `${this.url}/shl/${id}`;
  }

  /** The same once more is the same link. Throws `STORE_WITHOUT_LINKS`, and what a store refuses with. */
  async make({ note, ...link }: NewLink): Promise<void> {
    const body = canonicalBytes({ ...link, note: toBase64Url(note) });
    await this.#ask("links", MAX_ANSWER, { method: "POST", body }).catch(asWithoutLinks);
  }

  /** Oldest first. Throws `STORE_WITHOUT_LINKS`, and what a store refuses with. */
  async list(patient: Address): Promise<StoredLink[]> {
    const lines = await this.#ask(`links?${new URLSearchParams({ patient })}`, MAX_LIST).catch(asWithoutLinks);
    return fromUtf8(lines).split("\n").filter(Boolean).map(toLink);
  }

  /** Ends a link for good; also one that is over. Throws `STORE_NOT_FOUND`, and what a store refuses with. */
  async end(name: string, patient: Address): Promise<void> {
    await this.#change("removal", name, patient, { method: "DELETE" });
  }

  /** Replaces what a link opens that was made for it, all or nothing. Throws `STORE_NOT_FOUND` when it is over, and what a store refuses with. */
  async renew(name: string, patient: Address, files: readonly LinkFile[]): Promise<void> {
    await this.#change("renewal", name, patient, { method: "PUT", body: canonicalBytes({ files }) });
  }

  /** Sends what only who acts for the patient may ask of a link, signed for that. */
  async #change(act: "removal" | "renewal", name: string, patient: Address, sent: Sent): Promise<void> {
    const scope = { kind: "link", owner: patient } as const;
    const url = `${this.url}/links?${new URLSearchParams({ link: name })}`;
    await whenNotBusy(() =>
      signedIn(
        this.url,
        this.#session,
        async (session) => session.headersForFile(act, this.url, name, scope),
        (headers) => fetchCapped(url, MAX_ANSWER, { ...sent, headers }),
      ),
    );
  }

  #ask(path: string, limit: number, sent: Sent = {}): Promise<Bytes> {
    return whenNotBusy(() =>
      signedIn(
        this.url,
        this.#session,
        async (session) => session.headersFor(this.url),
        (headers) => fetchCapped(`${this.url}/${path}`, limit, { ...sent, headers }),
      ),
    );
  }
}

type Fields = Record<string, unknown>;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
/** Milliseconds that a date can hold (ECMA-262, Time Values), as seconds. */
const seconds = (value: unknown): number => {
  if (!isCount(value) || value > 8.64e15) throw strange();
  return Math.floor(value / 1000);
};

function toLink(line: string): StoredLink {
  try {
    const {
      link,
      state: given,
      made,
      exp,
      uses,
      maxUses,
      passcode,
      remainingAttempts,
      note,
      openings,
      renewable = false,
      renewed,
    } = JSON.parse(line) as Fields;
    const state = LINK_STATES.find((known) => known === given);
    const counts = { exp, uses, maxUses, remainingAttempts } as Record<keyof Fields, number>;
    if (typeof link !== "string" || state === undefined || !Object.values(counts).every(isCount)) throw strange();
    if (typeof renewable !== "boolean") throw strange();
    if (typeof passcode !== "boolean" || !Array.isArray(openings)) throw strange();
    return {
      ...{ name: link, state, made: seconds(made), passcode, note: fromBase64Url(note) },
      ...{ renewable, renewed: renewed === undefined ? undefined : seconds(renewed) },
      ...(counts as Pick<StoredLink, "exp" | "uses" | "maxUses" | "remainingAttempts">),
      openings: openings.map(toOpening),
    };
  } catch {
    throw strange();
  }
}

function toOpening(value: unknown): StoredLink["openings"][number] {
  const { time, recipient } = value as Fields;
  if (typeof recipient !== "string") throw strange();
  return { time: seconds(time), recipient };
}
