import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type CardRoom, readCardJws } from "../crypto/health-card.ts";
import { type JsonPath, parseJson } from "../records/json.ts";
import { isJsonObject } from "../records/references.ts";
import { isFetchable } from "./health-link.ts";

/** Media type of a file of cards. */
export const HEALTH_CARD_TYPE = "application/smart-health-card";

/** What a SMART Health Card says, as its issuer wrote it: nothing of it is checked against FHIR, and its signature not looked at. */
export interface HealthCard {
  /** The card itself, a compact JWS. */
  jws: string;
  /** An https URL without a slash at its end: who the card says signed it. */
  issuer: string;
  /** Name of the key that signed it. */
  kid: string;
  /** Unix seconds at which it was issued, and from which it counts. */
  issued: number;
  /** Unix seconds after which it counts no more. */
  expires?: number;
  /** By which its issuer may take it back. */
  rid?: string;
  /** A FHIR Bundle. */
  bundle: Record<string, unknown>;
}

/** Cards of one file. */
const MAX_CARDS = 50;
/** What cards inflate to together, in bytes: all of it is checked against FHIR before anything is shown. */
const MAX_TOGETHER = 4_000_000;
const CARD_TYPE = "https://smarthealth.cards#health-card";

/** Room for all cards that are read together. */
export const newCardRoom = (): CardRoom => ({ bytes: MAX_TOGETHER });

const malformed = (cause?: unknown) =>
  new ChartkeyError(
    "HEALTH_CARD_MALFORMED",
    "This is not a whole SMART Health Card, or of a kind that Chartkey does not know. Nothing of it is shown.",
    cause === undefined ? {} : { cause },
  );

const tooLarge = () =>
  new ChartkeyError("HEALTH_CARD_TOO_LARGE", "This card unpacks to more than a card may hold. Nothing of it is shown.");

/** JSON that every program reads in the same way. */
function jsonOf(bytes: Bytes): Record<string, unknown> {
  let issues: readonly { path: JsonPath }[];
  let value: unknown;
  try {
    ({ value, issues } = parseJson(bytes));
  } catch {
    // The cause would quote what the card says.
    throw malformed();
  }
  if (issues.length > 0 || !isJsonObject(value)) throw malformed();
  return value;
}

const isTime = (value: unknown): value is number => typeof value === "number" && value > 0 && value < 2 ** 40;
/** The specification has no slash at its end: the keys of an issuer are found by comparing letters. */
const isIssuer = (value: unknown): value is string => isFetchable(value) && /^https:[^?#]*[^?#/]$/.test(value);

/** R4, and R4B, whose records are those of R4 but for a few that are then not valid. */
const isFhirVersion = (value: unknown): boolean => typeof value === "string" && /^4\.[03]\.\d+$/.test(value);

function cardOf(jws: string, kid: string, claims: Record<string, unknown>): HealthCard {
  const { iss, nbf, exp, vc } = claims;
  const { type, credentialSubject, rid } = isJsonObject(vc) ? vc : {};
  const { fhirVersion, fhirBundle } = isJsonObject(credentialSubject) ? credentialSubject : {};
  if (!isIssuer(iss) || !isTime(nbf) || !Array.isArray(type) || !type.includes(CARD_TYPE)) throw malformed();
  if (exp !== undefined && !isTime(exp)) throw malformed();
  if (!isFhirVersion(fhirVersion) || !isJsonObject(fhirBundle) || fhirBundle["resourceType"] !== "Bundle")
    throw malformed();
  return {
    ...{ jws, issuer: iss, kid, issued: Math.floor(nbf), bundle: fhirBundle },
    ...(exp === undefined ? {} : { expires: Math.floor(exp) }),
    ...(typeof rid === "string" ? { rid } : {}),
  };
}

/** Reads one card from its JWS. Throws `HEALTH_CARD_MALFORMED`, `HEALTH_CARD_TOO_LARGE`. */
export async function readHealthCard(jws: string, room: CardRoom = newCardRoom()): Promise<HealthCard> {
  try {
    const read = await readCardJws(jws, room);
    if (read !== undefined) return cardOf(jws, read.kid, jsonOf(read.content));
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
    if (error.code === "PAYLOAD_TOO_LARGE") throw tooLarge();
    throw error.code === "HEALTH_CARD_MALFORMED" ? error : malformed(error);
  }
  throw malformed();
}

/**
 * The cards of a file, each for itself: one that cannot be read is its error. Throws `HEALTH_CARD_MALFORMED` for what is no file of cards, or
 * of more than 50.
 * @param room for what they inflate to, shared by all files that are read together
 */
export async function readHealthCards(
  file: Bytes,
  room: CardRoom = newCardRoom(),
): Promise<(HealthCard | ChartkeyError)[]> {
  const { verifiableCredential: found } = jsonOf(file);
  if (!Array.isArray(found) || found.length === 0 || found.length > MAX_CARDS) throw malformed();
  const cards: (HealthCard | ChartkeyError)[] = [];
  // One after another, since they share the room.
  for (const jws of found)
    cards.push(typeof jws === "string" ? await readHealthCard(jws, room).catch(toError) : malformed());
  return cards;
}

function toError(error: unknown): ChartkeyError {
  if (error instanceof ChartkeyError) return error;
  throw error;
}
