import { ChartkeyError } from "../errors.ts";
import { type HealthLinkFile, openHealthLinkFile } from "../crypto/health-link.ts";
import { isJsonObject } from "../records/references.ts";
import { fetchManifest, fetchSealed } from "../storage/link-reader.ts";
import { type HealthLink, isFetchable, isHealthLinkOver } from "./health-link.ts";

/** Who asks, as its server and whoever made the link are told. */
export interface LinkReader {
  recipient: string;
  passcode?: string;
}

/** A file of a link: sealed, or the address of it. */
type LinkEntry = { embedded: string } | { location: string };

/** What a link's server says that it opens. */
export interface LinkManifest {
  files: readonly LinkEntry[];
  /** Hosts of files, other than the link's own: nothing was asked of them yet. */
  otherHosts: readonly string[];
  /** Whether asking again later may bring something else: the link has the flag `L`, or its server says so. */
  mayChange: boolean;
}

/** Files of one manifest. */
const MAX_FILES = 32;
/** What they unpack to together, in bytes. */
const MAX_TOGETHER = 1 << 26;

const malformed = () =>
  new ChartkeyError(
    "HEALTH_LINK_MANIFEST_MALFORMED",
    "The server of this link answered in a way that Chartkey does not know. Nothing is shown. Ask for a new link.",
  );

const tooLarge = () =>
  new ChartkeyError(
    "HEALTH_LINK_TOO_LARGE",
    "This link opens more than this program takes. Nothing of it is shown. Ask for a smaller one.",
    { details: { limit: MAX_TOGETHER } },
  );

export const hostOfLink = ({ url }: Pick<HealthLink, "url">): string => new URL(url).host;

function manifestOf(link: HealthLink, files: readonly LinkEntry[], canChange = false): LinkManifest {
  const hosts = files.flatMap((file) => ("location" in file ? [new URL(file.location).host] : []));
  const otherHosts = [...new Set(hosts)].filter((host) => host !== hostOfLink(link));
  return { files, otherHosts, mayChange: canChange || link.flag?.includes("L") === true };
}

function toEntry(value: unknown): LinkEntry {
  const { embedded, location } = isJsonObject(value) ? value : {};
  if (typeof embedded === "string") return { embedded };
  if (isFetchable(location)) return { location };
  throw malformed();
}

const over = () =>
  new ChartkeyError(
    "HEALTH_LINK_OVER",
    "The server of this link says that it is no longer valid. Nothing is shown. Ask for a new one.",
  );

function parseManifest(text: string): { files: LinkEntry[]; canChange: boolean } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed();
  }
  const { files, status } = isJsonObject(value) ? value : {};
  if (status === "no-longer-valid") throw over();
  if (!Array.isArray(files) || files.length === 0 || files.length > MAX_FILES) throw malformed();
  // Of the whole, as it was before 1.0.0, or of each file.
  const canChange = [{ status }, ...files].some((each) => isJsonObject(each) && each["status"] === "can-change");
  return { files: files.map(toEntry), canChange };
}

/**
 * Asks the link's server what it opens, telling it who asks, and the passcode without spaces around it. A link that names its one file directly asks nothing yet.
 * Throws `HEALTH_LINK_OVER`, `HEALTH_LINK_PASSCODE` (with `remainingAttempts`), `HEALTH_LINK_BUSY`, `HEALTH_LINK_REFUSED`, `HEALTH_LINK_UNREACHABLE`,
 * `HEALTH_LINK_TOO_LARGE`, `HEALTH_LINK_MANIFEST_MALFORMED`.
 */
export async function requestManifest(link: HealthLink, { recipient, passcode }: LinkReader): Promise<LinkManifest> {
  if (isHealthLinkOver(link))
    throw new ChartkeyError(
      "HEALTH_LINK_OVER",
      "This link says that it is over. Nothing was asked for. Ask for a new one.",
    );
  if (link.flag?.includes("U")) {
    const location = new URL(link.url);
    location.searchParams.set("recipient", recipient);
    return manifestOf(link, [{ location: location.href }]);
  }
  const request = passcode === undefined ? { recipient } : { recipient, passcode: passcode.trim() };
  const { files, canChange } = parseManifest(await fetchManifest(link.url, request));
  return manifestOf(link, files, canChange);
}

/** Fetches and opens what a manifest names, all or nothing. Throws the same, and `HEALTH_LINK_FILE_DAMAGED`. */
export async function openManifest(
  { key }: HealthLink,
  { files }: Pick<LinkManifest, "files">,
): Promise<HealthLinkFile[]> {
  const opened: HealthLinkFile[] = [];
  let size = 0;
  // One after another: whoever made the manifest chose how much they unpack to.
  for (const file of files) {
    const jwe = "embedded" in file ? file.embedded : await fetchSealed(file.location);
    const one = await openHealthLinkFile(key, jwe);
    size += one.data.length;
    if (size > MAX_TOGETHER) throw tooLarge();
    opened.push(one);
  }
  return opened;
}
