import { ChartkeyError, SPECIALITIES } from "@chartkey/sdk";
import { categories, categoryName } from "@chartkey/sdk/records";
import { InvalidArgumentError } from "commander";
import { type Address, type Hex, getAddress, isAddress, parseUnits } from "viem";

/** An account's address, in any case without or with a right checksum. */
export function toAddress(text: string): Address {
  if (!isAddress(text, { strict: /[A-F]/.test(text) && /[a-f]/.test(text.slice(2)) }))
    throw new InvalidArgumentError("Expected an address: 0x and 40 hex digits, with a right checksum if mixed case.");
  return getAddress(text);
}

/** A hospital's number. */
export function toHospital(text: string): number {
  const id = Number(text);
  if (!/^\d{1,10}$/.test(text) || id < 1 || id > 0xffff_ffff)
    throw new InvalidArgumentError("Expected a hospital's number, from 1.");
  return id;
}

/** A record's id, or its number in the patient's ledger. */
export function toRecord(text: string): Hex | number {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase() as Hex;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a record id (0x and 64 hex digits) or a number in the ledger, from 1.");
}

/** A draft's id as it is shown: the begin of its payload's digest. The whole of it would look like a key. */
export function toDraft(text: string): string {
  if (/^0x[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("Expected a draft's id: 0x and 12 hex digits, as outbox list prints it.");
}

/** A record's id, in full. */
export function toRecordId(text: string): Hex {
  const record = toRecord(text);
  if (typeof record === "string") return record;
  throw new InvalidArgumentError("Expected an id: 0x and 64 hex digits.");
}

/** A place in a batch. */
export function toIndex(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("Expected a whole number, from 0.");
  return Number(text);
}

/** How often, from 1. */
export function toCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("Expected a whole number, from 1.");
  return Number(text);
}

/** Categories by name or number, separated by commas; `all`. */
export function toCategories(text: string): number[] {
  const numbers = Object.values<number>(categories);
  if (text.trim() === "all") return numbers;
  const words = text.split(",").map((word) => word.trim().toLowerCase());
  const found = words
    .filter((word) => word !== "")
    .map((word) => (Object.hasOwn(categories, word) ? categories[word as keyof typeof categories] : Number(word)));
  if (found.length === 0 || found.some((category) => !numbers.includes(category)))
    throw new InvalidArgumentError(`Expected categories of: ${Object.keys(categories).join(", ")}, or all.`);
  return [...new Set(found)].sort((left, right) => left - right);
}

/** One category by name or number. */
export function toCategory(text: string): number {
  const found = toCategories(text);
  if (found.length !== 1) throw new InvalidArgumentError("Expected one category.");
  return found[0]!;
}

/** A media type (RFC 6838) without parameters. */
export function toMediaType(text: string): string {
  if (!/^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i.test(text))
    throw new InvalidArgumentError("Expected a media type, such as application/pdf.");
  return text.toLowerCase();
}

/** Names of categories, for people. */
export function categoryNames(numbers: readonly number[]): string[] {
  return numbers.map((category) => categoryName(category) ?? String(category));
}

/** Unix seconds of an instant. */
export function toMoment(text: string): number {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const milliseconds = isInstant ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds) || milliseconds < 0)
    throw new InvalidArgumentError("Expected an instant with its time zone: 2027-06-30T12:00:00Z.");
  return Math.floor(milliseconds / 1000);
}

/** Days since 1970-01-01 UTC of a date. */
export function toDay(text: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some engines read 30 February as 1 March.
  if (!(milliseconds >= 0) || !new Date(milliseconds).toISOString().startsWith(text))
    throw new InvalidArgumentError("Expected a date: 2027-06-30.");
  return milliseconds / 86_400_000;
}

/** Unix seconds of an instant, or of the end of a date in UTC. */
export function toEnd(text: string): number {
  return text.includes("T") ? toMoment(text) : (toDay(text) + 1) * 86_400;
}

/** A FHIR date. */
export function toBirthDate(text: string): string {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("Expected a date: 1984, 1984-02 or 1984-02-29.");
  return text;
}

/** An amount of ether, in gwei. */
export function toGwei(text: string): bigint {
  if (!/^\d{1,10}(\.\d{1,9})?$/.test(text))
    throw new InvalidArgumentError("Expected an amount of ether with at most 9 digits after the point, such as 0.02.");
  return parseUnits(text, 9);
}

/** Code of a speciality, from its code or name. */
export function toSpeciality(text: string): number {
  const wanted = text.trim().toLowerCase();
  const found = Object.entries(SPECIALITIES).find(([code, name]) => code === wanted || name.toLowerCase() === wanted);
  if (found === undefined)
    throw new InvalidArgumentError(`Expected one of: ${Object.values(SPECIALITIES).join(", ")}.`);
  return Number(found[0]);
}

/** A code as FHIR searches for one, `system|code`; undefined for `-`. */
export function toCode(text: string): { system: string; code: string } | undefined {
  if (text === "-") return undefined;
  const [, system, code] = /^([a-z][a-z\d+.-]*:[^\s|]+)\|(\S+)$/i.exec(text) ?? [];
  if (system === undefined || code === undefined)
    throw new InvalidArgumentError("Expected the URL of a code system, | and a code of it, or - for none.");
  return { system, code };
}

/** A text that is not empty. */
export function toText(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Expected some text.");
  return text.trim();
}

/** An http or https address without a secret in it. Throws `URL_MALFORMED`. */
export function httpUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new ChartkeyError("URL_MALFORMED", `${name} is not an address like http://127.0.0.1:8545.`);
  return text.replace(/\/+$/, "");
}

/** Unix seconds as an instant. */
export function toInstant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
