import { sha256 } from "multiformats/hashes/sha2";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { StoreError } from "../../errors.ts";
import { invalid } from "../../rpc/params.ts";
import { parseAddress } from "../scope.ts";

/** Of one link, the sealed files together, in bytes. */
export const MAX_LINK_BYTES = 8 * 1024 * 1024;
/** Wrong passcodes in the life of one link. */
export const MAX_ATTEMPTS = 10;
/** Openings of one link. */
export const MAX_USES = 1_000;
const MAX_FILES = 16;
const MAX_LIFE_S = 366 * 24 * 3600;
const MAX_NOTE = 4_096;
const [MIN_PASSCODE, MAX_PASSCODE] = [6, 128];

/** What links may name (HL7 SMART Health Cards and Links), but `smart-api-access`. */
const CONTENT_TYPES = ["application/fhir+json", "application/smart-health-card"] as const;
const JWE = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;
const ID = /^[\w-]{43}$/;

/** A file of a link: compact JWE, whose key this store never sees. */
export interface LinkFile {
  readonly contentType: (typeof CONTENT_TYPES)[number];
  readonly jwe: string;
}

/** What a patient asks for. */
export interface LinkRequest {
  /** 32 random bytes, base64url: whoever knows them asks for the files. */
  readonly id: string;
  /** Lower-case address. */
  readonly patient: string;
  /** Unix seconds from which it opens nothing. */
  readonly exp: number;
  /** How often it opens. */
  readonly maxUses: number;
  readonly passcode: string | undefined;
  /** What the patient wants to remember of it, sealed to himself. */
  readonly note: string;
  /** Whether what it opens may be replaced. */
  readonly renewable: boolean;
  readonly files: readonly LinkFile[];
}

/** By what a link is filed and ended: the CID of its id, from which the id does not follow. */
export async function nameOf(id: string): Promise<string> {
  const hash = await sha256.digest(new TextEncoder().encode(id));
  return CID.createV1(raw.code, hash).toString();
}

export const bytesOf = (files: readonly LinkFile[]): number => files.reduce((sum, { jwe }) => sum + jwe.length, 0);

/** @throws StoreError STORE_REQUEST_INVALID, STORE_TOO_LARGE */
export function parseLink(body: unknown, now = Date.now() / 1000): LinkRequest {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const { id, exp, uses = MAX_USES, passcode, note = "", renewable = false } = fields;
  if (typeof id !== "string" || !ID.test(id)) throw invalid('"id" must be 32 bytes as base64url');
  if (!isCount(exp, now + MAX_LIFE_S) || exp <= now)
    throw invalid('"exp" must be a time in Unix seconds, at most 366 days ahead');
  if (!isCount(uses, MAX_USES)) throw invalid(`"uses" must be 1 to ${MAX_USES}`);
  if (typeof note !== "string" || note.length > MAX_NOTE)
    throw invalid(`"note" must be at most ${MAX_NOTE} characters`);
  if (typeof renewable !== "boolean") throw invalid('"renewable" must be true or false');
  const files = parseFiles(fields["files"]);
  const patient = parseAddress(fields["patient"], "patient");
  return { id, patient, exp, maxUses: uses, passcode: parsePasscode(passcode), note, renewable, files };
}

/** What a link is to open from now on. @throws StoreError STORE_REQUEST_INVALID, STORE_TOO_LARGE */
export const parseRenewal = (body: unknown): LinkFile[] =>
  parseFiles(typeof body === "object" && body !== null && "files" in body ? body.files : undefined);

const isCount = (value: unknown, most: number): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= most;

function parsePasscode(passcode: unknown): string | undefined {
  if (passcode === undefined) return undefined;
  if (typeof passcode === "string" && passcode.length >= MIN_PASSCODE && passcode.length <= MAX_PASSCODE)
    return passcode;
  throw invalid(`"passcode" must have ${MIN_PASSCODE} to ${MAX_PASSCODE} characters`);
}

function parseFiles(given: unknown): LinkFile[] {
  if (!Array.isArray(given) || given.length < 1 || given.length > MAX_FILES)
    throw invalid(`"files" must be a list of 1 to ${MAX_FILES}`);
  const files = given.map(parseFile);
  if (bytesOf(files) > MAX_LINK_BYTES)
    throw new StoreError("STORE_TOO_LARGE", `a link opens at most ${MAX_LINK_BYTES} bytes`);
  return files;
}

function parseFile(given: unknown): LinkFile {
  const { contentType, jwe } = (typeof given === "object" && given !== null ? given : {}) as Record<string, unknown>;
  const known = CONTENT_TYPES.find((type) => type === contentType);
  if (!known) throw invalid(`"contentType" must be one of ${CONTENT_TYPES.join(", ")}`);
  if (typeof jwe !== "string" || !JWE.test(jwe)) throw invalid('"jwe" must be a compact JWE with a direct key');
  return { contentType: known, jwe };
}
