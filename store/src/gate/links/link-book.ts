import path from "node:path";
import { StoreError } from "../../errors.ts";
import { LineLog, readLines } from "../../linelog.ts";
import { MAX_ATTEMPTS } from "./link.ts";
import type { PasscodeHash } from "./passcode.ts";

/** What is known of a link when it is made. */
export interface MadeLink {
  /** CID of its id. */
  readonly link: string;
  /** Lower-case address. */
  readonly patient: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  /** Unix seconds from which it opens nothing. */
  readonly exp: number;
  readonly maxUses: number;
  readonly passcode: PasscodeHash | null;
  readonly note: string;
  readonly bytes: number;
  /** Whether what it opens may be replaced; absent for one that was made before links could be. */
  readonly renewable?: boolean;
}

/** When what a link opens was replaced, in milliseconds since 1970, and the bytes of it since. */
export interface Renewal {
  readonly time: number;
  readonly bytes: number;
}

/** Somebody opened a link: what he says that he is, and when, in milliseconds since 1970. */
export interface Opening {
  readonly time: number;
  readonly recipient: string;
}

export type LinkState = "open" | "expired" | "revoked" | "locked" | "spent";

/** A link as it stands. */
export interface FiledLink extends Omit<MadeLink, "bytes"> {
  bytes: number;
  /** Milliseconds since 1970; undefined while it opens what it was made with. */
  renewed: number | undefined;
  uses: number;
  /** Wrong passcodes so far, and those that are being looked at. */
  attempts: number;
  /** Milliseconds since 1970. */
  revoked: number | undefined;
  /** The newest, newest last. */
  openings: Opening[];
}

type Line =
  | readonly ["made", MadeLink & Partial<FiledLink>]
  | readonly ["attempt", string]
  | readonly ["opened", string, Opening]
  | readonly ["renewed", string, Renewal]
  | readonly ["revoked", string, number];

/** How long a link that is over, and who opened one, stays in its patient's list, in milliseconds. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;
const MAX_OPENINGS = 20;

export function stateOf({ exp, uses, maxUses, attempts, revoked }: FiledLink, now = Date.now()): LinkState {
  if (revoked !== undefined) return "revoked";
  if (exp * 1000 <= now) return "expired";
  if (uses >= maxUses) return "spent";
  return attempts >= MAX_ATTEMPTS ? "locked" : "open";
}

const isListed = ({ revoked, exp }: FiledLink, now = Date.now()): boolean =>
  (revoked ?? exp * 1000) >= now - REMEMBERED_MS;

/**
 * What is kept of a link by now; undefined for nothing. Of one that was revoked its name stays until its end: whoever had it knows its id and
 * key, and could file a forgery that the printed link opens.
 */
function keptOf(filed: FiledLink, now = Date.now()): FiledLink | undefined {
  if (isListed(filed, now))
    return { ...filed, openings: filed.openings.filter(({ time }) => time >= now - REMEMBERED_MS) };
  return filed.exp * 1000 > now ? { ...filed, note: "", openings: [] } : undefined;
}

/**
 * The links of a store, on the disk beside what files belong to. What was acknowledged, also a wrong passcode or an end, is there after a
 * crash.
 */
export class LinkBook {
  readonly #log: LineLog;
  readonly #links: Map<string, FiledLink>;

  private constructor(log: LineLog, links: Map<string, FiledLink>) {
    this.#log = log;
    this.#links = links;
  }

  /** @throws StoreError STORE_LINKS_DAMAGED, STORE_IO_FAILED */
  static async open(dataDir: string): Promise<LinkBook> {
    const file = path.join(dataDir, "links.log");
    const links = new Map<string, FiledLink>();
    for (const line of (await readLines(file)).map(decode)) apply(links, line);
    for (const name of [...links.keys()]) forget(links, name);
    const log = await LineLog.rewrite(
      file,
      [...links.values()].map((filed) => encode(["made", filed])),
    );
    return new LinkBook(log, links);
  }

  get(link: string): Readonly<FiledLink> | undefined {
    return this.#links.get(link);
  }

  names(): string[] {
    return [...this.#links.keys()];
  }

  /** What is listed of a patient, oldest first. */
  of(patient: string): Readonly<FiledLink>[] {
    return [...this.#links.values()].filter((filed) => filed.patient === patient && isListed(filed));
  }

  /** Forgets what is too old of a link, or all of it. What the log holds of it leaves the disk at the next start. */
  forget(link: string): void {
    forget(this.#links, link);
  }

  /** On the disk when it resolves. @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED */
  async note(...line: Line): Promise<void> {
    await this.#log.append(encode(line));
    apply(this.#links, line);
  }

  close(): Promise<void> {
    return this.#log.close();
  }
}

function forget(links: Map<string, FiledLink>, name: string): void {
  const filed = links.get(name);
  const kept = filed && keptOf(filed);
  if (kept === undefined) links.delete(name);
  else links.set(name, kept);
}

function apply(links: Map<string, FiledLink>, line: Line): void {
  if (line[0] === "made") {
    links.set(line[1].link, { uses: 0, attempts: 0, renewed: undefined, revoked: undefined, openings: [], ...line[1] });
    return;
  }
  const filed = links.get(line[1]);
  if (filed === undefined) return;
  if (line[0] === "attempt") filed.attempts += 1;
  else if (line[0] === "revoked") filed.revoked = line[2];
  else if (line[0] === "renewed") [filed.renewed, filed.bytes] = [line[2].time, line[2].bytes];
  else {
    filed.uses += 1;
    // It was counted as wrong before it was looked at.
    if (filed.passcode !== null) filed.attempts -= 1;
    filed.openings = [...filed.openings, line[2]].slice(-MAX_OPENINGS);
  }
}

const encode = (line: Line): string => JSON.stringify(line);

function decode(text: string | undefined, index: number): Line {
  if (text !== undefined) return JSON.parse(text) as Line;
  throw new StoreError(
    "STORE_LINKS_DAMAGED",
    `line ${index + 1} of links.log is damaged, so the store cannot tell which links were ended. Restore the file from a backup, or ` +
      "remove it: all links are over then, and patients make new ones.",
  );
}
