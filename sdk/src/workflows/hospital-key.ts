import type { Address } from "viem";
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type Identity, generateIdentitySecret, hpkeOpen, hpkeSeal, importIdentity } from "../crypto/hpke.ts";
import { type PublishedKey, findKey } from "../chain/directory.ts";
import { type Hospital, readHospital } from "../chain/hospitals.ts";
import { readReviewers } from "../chain/reviewers.ts";
import { transact } from "../chain/transact.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { PUBLIC_FILE } from "../storage/scope.ts";
import { type EmergencyKey, encodeProfile, readProfile } from "./profile.ts";
import {
  type OnPhase,
  type ReadSession,
  type Session,
  type UnlockedSession,
  accountOf,
  sameAddress,
  watch,
} from "./session.ts";

/** Most who keep a hospital's emergency key; the newest reviewers come first. */
const MAX_KEEPERS = 8;

/** The emergency key that a hospital's profile names. */
export interface HospitalKey {
  /** The hospital's contract. */
  address: Address;
  /** 32 bytes, X25519. */
  publicKey: Bytes;
  /** Accounts that the private half is sealed to. */
  keepers: Address[];
}

function infoOf({ chain }: ReadSession, hospital: Address, key: string, to: Address): Bytes {
  return utf8(`chartkey/emergency-key/1|eip155:${chain.id}|${hospital.toLowerCase()}|${key}|${to.toLowerCase()}`);
}

/** A hospital's emergency key; undefined when its profile names none. Throws what `readProfile` throws. */
export async function findHospitalKey(session: ReadSession, hospital: Hospital): Promise<HospitalKey | undefined> {
  const { emergency } = await readProfile(session, hospital);
  if (emergency === undefined) return undefined;
  const keepers = emergency.keepers.map(({ to }) => to);
  return { address: hospital.address, publicKey: fromBase64Url(emergency.key, 32), keepers };
}

/** The same. Throws `EMERGENCY_KEY_MISSING`, `HOSPITAL_NOT_ACCREDITED`. */
export async function requireHospitalKey(session: ReadSession, hospital: Hospital): Promise<HospitalKey> {
  if (hospital.accreditation !== "accredited")
    throw new ChartkeyError(
      "HOSPITAL_NOT_ACCREDITED",
      `Hospital ${hospital.id} is not accredited now. Nothing was sealed to it: leave it out.`,
    );
  const key = await findHospitalKey(session, hospital);
  if (key !== undefined) return key;
  throw new ChartkeyError(
    "EMERGENCY_KEY_MISSING",
    `Hospital ${hospital.id} has no emergency key. Nothing was sealed to it: leave it out, or ask the hospital.`,
  );
}

/** Opens a hospital's emergency key as one of its keepers. Throws `EMERGENCY_NOT_KEEPER`, `CRYPTO_OPEN_FAILED`. */
export async function openHospitalKey(session: UnlockedSession, hospital: Hospital): Promise<Identity> {
  return importIdentity(await openSecret(session, hospital, (await readProfile(session, hospital)).emergency));
}

async function openSecret(
  session: UnlockedSession,
  hospital: Hospital,
  emergency: EmergencyKey | undefined,
): Promise<Bytes> {
  const own = accountOf(session);
  const sealed = emergency?.keepers.find(({ to }) => sameAddress(to, own));
  if (emergency === undefined || sealed === undefined)
    throw new ChartkeyError(
      "EMERGENCY_NOT_KEEPER",
      `You keep no emergency key of hospital ${hospital.id}. Ask one of its admins to name you.`,
    );
  const parts = { enc: fromBase64Url(sealed.enc, 32), ct: fromBase64Url(sealed.ct) };
  return hpkeOpen(session.vault.identity, parts, infoOf(session, hospital.address, emergency.key, own));
}

async function keepersOf({ chain }: Session, hospital: Hospital, admin: Address): Promise<PublishedKey[]> {
  const reviewers = await readReviewers(chain, hospital.address);
  const others = reviewers.filter((account) => !sameAddress(account, admin)).slice(1 - MAX_KEEPERS);
  const found = await Promise.all([admin, ...others].map((account) => findKey(chain, account)));
  return found.filter((each) => each !== undefined);
}

/**
 * Publishes a hospital's emergency key, as its admin: kept by him and by the reviewers of this moment. The key stays the same, so that
 * patients need not seal anew, unless `renew` is set or there is none. Throws `EMERGENCY_NOT_KEEPER` (another admin's key, and not
 * renewed), and what `readProfile`, the store and `transact` throw.
 */
export async function publishHospitalKey(
  session: UnlockedSession,
  hospitalId: number,
  { renew = false }: { renew?: boolean } = {},
  onPhase?: OnPhase,
): Promise<void> {
  onPhase?.("checking");
  const hospital = await readHospital(session.chain, hospitalId);
  const { emergency: before } = await readProfile(session, hospital);
  onPhase?.("encrypting");
  const secret =
    before === undefined || renew ? await generateIdentitySecret() : await openSecret(session, hospital, before);
  const key = toBase64Url((await importIdentity(secret)).publicBytes);
  const seal = async ({ account: to, keyVersion, publicKey }: PublishedKey) => {
    const { enc, ct } = await hpkeSeal(publicKey, secret, infoOf(session, hospital.address, key, to));
    return { to, keyVersion, enc: toBase64Url(enc), ct: toBase64Url(ct) };
  };
  const keepers = await Promise.all((await keepersOf(session, hospital, accountOf(session))).map(seal));
  await publishProfile(session, hospital, { key, keepers }, onPhase);
}

/** Takes a hospital's emergency key out of its profile, as its admin: nobody seals to it any more. Throws what `transact` throws. */
export async function removeHospitalKey(session: Session, hospitalId: number, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  await publishProfile(session, await readHospital(session.chain, hospitalId), undefined, onPhase);
}

async function publishProfile(
  session: Session,
  hospital: Hospital,
  emergency: EmergencyKey | undefined,
  onPhase: OnPhase | undefined,
): Promise<void> {
  const { emergency: _before, ...profile } = await readProfile(session, hospital);
  onPhase?.("uploading");
  const bytes = encodeProfile({ ...profile, ...(emergency === undefined ? {} : { emergency }) });
  const { digest } = await session.store.put(bytes, PUBLIC_FILE);
  const call = { address: hospital.address, abi: hospitalAbi, functionName: "publishProfile", args: [digest] } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}
