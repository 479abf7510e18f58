import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { HEALTH_LINK_KEY_SIZE } from "../crypto/health-link.ts";
import { isJsonObject } from "../records/references.ts";

/** What a SMART Health Link holds (HL7 SMART Health Cards and Links 1.0.0): whoever has it opens what it names. */
export interface HealthLink {
  /** Where the manifest, or with `U` the one file, is. At most 128 characters. */
  url: string;
  /** 32 bytes; never sent. */
  key: Bytes;
  /** Unix seconds from which it opens nothing more. */
  exp?: number;
  /** Sorted letters: `L` lasts and may change, `P` asks for a passcode, `U` names its one file directly. Others are ignored. */
  flag?: string;
  /** For people, at most 80 characters. */
  label?: string;
}

const SCHEME = "shlink:/";
const VERSION = 1;
const MAX_URL = 128;
const MAX_LABEL = 80;
/** Of a link that is read, in characters: far more than any that keeps the specification. */
const MAX_LINK = 4_096;

const malformed = () =>
  new ChartkeyError(
    "HEALTH_LINK_MALFORMED",
    "This is not a whole SMART Health Link. Nothing was asked for. Scan it again, or copy all of it.",
  );

/** Whether a link, or its server, may have a program ask there: https, or http on this machine, and no password in it. */
export function isFetchable(url: unknown): url is string {
  if (typeof url !== "string" || !URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isLocal)) && username === "" && password === "";
}

const isOptional = <T>(value: unknown, test: (value: unknown) => value is T): value is T | undefined =>
  value === undefined || test(value);
const isLabel = (value: unknown): value is string => typeof value === "string" && [...value].length <= MAX_LABEL;
const isFlag = (value: unknown): value is string => typeof value === "string" && /^[A-Z]{0,16}$/.test(value);
const isTime = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 2 ** 40;

/** The parts of a payload that hold; undefined when one does not. A link cannot both name its file and ask for a passcode. */
function partsOf({ url, key, exp, flag, label }: Record<string, unknown>): HealthLink | undefined {
  if (!isFetchable(url) || url.length > MAX_URL || typeof key !== "string" || !isOptional(exp, isTime))
    return undefined;
  if (!isOptional(flag, isFlag) || !isOptional(label, isLabel)) return undefined;
  if (flag?.includes("P") && flag.includes("U")) return undefined;
  return {
    ...{ url, key: fromBase64Url(key, HEALTH_LINK_KEY_SIZE) },
    ...(exp === undefined ? {} : { exp }),
    ...(flag === undefined ? {} : { flag }),
    ...(label === undefined ? {} : { label }),
  };
}

/** The text of a link, `shlink:/...`: for a picture, or behind the # of a viewer's address, which no browser sends. Throws `HEALTH_LINK_MALFORMED`. */
export function encodeHealthLink({ key, flag, ...rest }: HealthLink): string {
  const sorted = flag === undefined || flag === "" ? {} : { flag: [...flag].sort().join("") };
  const payload = { ...rest, key: toBase64Url(key), ...sorted };
  if (partsOf(payload) === undefined) throw malformed();
  return SCHEME + toBase64Url(utf8(JSON.stringify(payload)));
}

function payloadOf(text: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(fromUtf8(fromBase64Url(text)));
    if (isJsonObject(payload)) return payload;
  } catch {
    // The cause would hold the text, and with it the key.
  }
  throw malformed();
}

/**
 * Reads a link, alone or behind a viewer's address. Throws `HEALTH_LINK_MALFORMED`, and `HEALTH_LINK_TOO_NEW` for a version that this
 * program does not know.
 */
export function decodeHealthLink(text: string): HealthLink {
  const begin = text.indexOf(SCHEME);
  if (begin < 0 || text.length > MAX_LINK) throw malformed();
  const payload = payloadOf(text.slice(begin + SCHEME.length).trim());
  const { v = VERSION } = payload;
  if (v !== VERSION)
    throw new ChartkeyError(
      "HEALTH_LINK_TOO_NEW",
      "This SMART Health Link is of a newer kind than this program opens. Nothing was asked for. Open it with a newer program.",
    );
  try {
    const link = partsOf(payload);
    if (link !== undefined) return link;
  } catch {
    // A key that is none.
  }
  throw malformed();
}

/** Whether a link says that it opens nothing more; its server decides. */
export const isHealthLinkOver = ({ exp }: HealthLink, now = Date.now() / 1000): boolean =>
  exp !== undefined && exp <= now;
