import { type Address, type Hex, isAddress } from "viem";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { type Identity, hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { type Hospital, readCards } from "../chain/hospitals.ts";
import { PUBLIC_FILE, letterTo } from "../storage/scope.ts";
import type { ReadSession } from "./session.ts";

/** A doctor or pharmacist in the hospital's public directory. */
export interface StaffEntry {
  account: Address;
  name: string;
  role: "doctor" | "pharmacist";
  speciality: number;
}

/** A key that patients may seal an emergency set to; its private half is sealed to each of its keepers. */
export interface EmergencyKey {
  /** 32 bytes, X25519, base64url. */
  key: string;
  keepers: { to: Address; keyVersion: number; enc: string; ct: string }[];
}

/** What a hospital says of itself to everybody (docs/protocol.md, Hospital profile and card). */
export interface HospitalProfile {
  name: string;
  /** Where it is, and how it is reached: for the papers that its doctors print. */
  address?: string;
  contact?: string;
  emergency?: EmergencyKey;
  staff: StaffEntry[];
}

/** What a person leaves at the hospital's reception, sealed to it. */
export interface Card {
  name: string;
  /** FHIR date. */
  birthDate?: string;
  contact?: string;
}

export function encodeProfile(profile: HospitalProfile): Bytes {
  return canonicalBytes({ v: 1, ...profile });
}

/** The hospital's public profile, checked against the digest on the chain. Throws `DOCUMENT_MALFORMED` and what the store throws. */
export async function readProfile({ store }: ReadSession, hospital: Hospital): Promise<HospitalProfile> {
  const document = parseDocument(await store.getDocument(hospital.profile, PUBLIC_FILE), "hospital profile");
  const { name, staff, address, contact, emergency } = document;
  if (typeof name !== "string" || !Array.isArray(staff) || !staff.every(isStaffEntry))
    throw new ChartkeyError(
      "DOCUMENT_MALFORMED",
      "The hospital's public profile is damaged. Ask the hospital to publish it again.",
    );
  return {
    name,
    staff,
    ...(typeof address === "string" ? { address } : {}),
    ...(typeof contact === "string" ? { contact } : {}),
    ...(isEmergencyKey(emergency) ? { emergency } : {}),
  };
}

function isEmergencyKey(value: unknown): value is EmergencyKey {
  const { key, keepers } = fieldsOf(value);
  const isKeeper = (keeper: unknown) => {
    const { to, enc, ct } = fieldsOf(keeper);
    return [to, enc, ct].every((field) => typeof field === "string") && isAddress(String(to), { strict: false });
  };
  return typeof key === "string" && /^[\w-]{43}$/.test(key) && Array.isArray(keepers) && keepers.every(isKeeper);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isStaffEntry(value: unknown): value is StaffEntry {
  const { account, name, role, speciality } = fieldsOf(value);
  const known = (role === "doctor" || role === "pharmacist") && Number.isSafeInteger(speciality);
  return known && typeof name === "string" && typeof account === "string" && isAddress(account, { strict: false });
}

function cardInfo(chainId: number, hospital: Address, account: Address): Bytes {
  return utf8(`chartkey/card/1|eip155:${chainId}|${hospital}|${account}`.toLowerCase());
}

/** Seals a card to a hospital's reception key (32 bytes). */
export async function sealCard(
  chainId: number,
  hospital: Address,
  receptionKey: Uint8Array,
  account: Address,
  card: Card,
): Promise<Bytes> {
  const { enc, ct } = await hpkeSeal(receptionKey, canonicalBytes(card), cardInfo(chainId, hospital, account));
  return canonicalBytes({ v: 1, enc: toBase64Url(enc), ct: toBase64Url(ct) });
}

/** Opens a card as the hospital. Throws `CRYPTO_OPEN_FAILED`, `DOCUMENT_MALFORMED`. */
export async function openCard(
  chainId: number,
  hospital: Address,
  reception: Identity,
  account: Address,
  document: Uint8Array,
): Promise<Card> {
  const { enc, ct } = parseDocument(document, "card");
  const sealed = { enc: fromBase64Url(enc, 32), ct: fromBase64Url(ct) };
  const card = parseCard(await hpkeOpen(reception, sealed, cardInfo(chainId, hospital, account)));
  const { name, birthDate, contact } = (card ?? {}) as Record<string, unknown>;
  if (typeof name !== "string") throw new ChartkeyError("DOCUMENT_MALFORMED", "This person's card is damaged.");
  return {
    name,
    ...(typeof birthDate === "string" ? { birthDate } : {}),
    ...(typeof contact === "string" ? { contact } : {}),
  };
}

function parseCard(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    return undefined;
  }
}

/** The cards of a hospital's members that this reception key opens; a card that is missing or damaged is left out. */
export async function readMemberCards(
  session: ReadSession,
  hospital: Address,
  reception: Identity,
): Promise<Map<Address, Card>> {
  const digests = await readCards(session.chain, hospital);
  const open = async ([account, digest]: [Address, Hex]): Promise<[Address, Card] | undefined> => {
    try {
      const document = await session.store.getDocument(digest, letterTo(hospital));
      return [account, await openCard(session.chain.id, hospital, reception, account, document)];
    } catch (error) {
      if (error instanceof ChartkeyError) return undefined;
      throw error;
    }
  };
  const cards = await Promise.all([...digests].filter(([, digest]) => BigInt(digest) !== 0n).map(open));
  return new Map(cards.filter((entry) => entry !== undefined));
}
