import { type Address, type Hex, bytesToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { equalBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { cardAccountSecret, cardSeed } from "../crypto/card-keys.ts";
import { KEM_X25519 } from "../crypto/hpke.ts";
import {
  type Publication,
  type PublishedCard,
  WITHDRAWN,
  publishTypedData,
  readCard,
} from "../chain/emergency-cards.ts";
import { isAdmin, readHospital } from "../chain/hospitals.ts";
import { transact } from "../chain/transact.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import { rawReference } from "../storage/cid.ts";
import { letterTo } from "../storage/scope.ts";
import { encodeCardCode } from "./card-code.ts";
import { type OpenedSet, type SetContent, openSet, readersOfSet, sealSet } from "./emergency-set.ts";
import { type HospitalKey, requireHospitalKey } from "./hospital-key.ts";
import { type CardKeys, cardKeys, readCardSet } from "./open-card.ts";
import { type RemovalReport, removeEverywhere } from "./removal.ts";
import {
  type OnPhase,
  type UnlockedSession,
  accountOf,
  chartContext,
  sameAddress,
  signerOf,
  watch,
} from "./session.ts";
import type { AppName } from "./store-session.ts";

/** How long a publication may wait to be mined, in seconds. */
const TERM = 3600;
/** Scopes that a store files one document under for one uploader. */
const MAX_LETTERS = 16;

/** A patient's own set. */
export interface OwnSet extends OpenedSet {
  /** The card's text: a secret for paper and the owner's screen. */
  code: string;
  /** Contracts of the hospitals that it is sealed to: lower-case addresses. */
  hospitals: string[];
}

/** What a patient publishes. */
export interface SetTerms extends SetContent {
  /** Hospitals whose emergency key it is sealed to, by number. */
  hospitals: number[];
  /** Makes every card that was printed before worthless. */
  renew?: boolean;
}

/** The patient's account for sets, what is published there, and the card in force. */
interface Standing {
  account: ReturnType<typeof privateKeyToAccount>;
  published: PublishedCard | undefined;
  /** Number of the card in force; of the last one when it was withdrawn; 0 before the first. */
  number: number;
}

async function keysOf(session: UnlockedSession, card: Address, number: number): Promise<CardKeys> {
  const chart = chartContext(session, accountOf(session));
  return cardKeys(session, card, await cardSeed(session.vault.chartKey, chart, number));
}

async function setAccount(session: UnlockedSession) {
  const chart = chartContext(session, accountOf(session));
  return privateKeyToAccount(bytesToHex(await cardAccountSecret(session.vault.chartKey, chart)));
}

/** Whether the patient has a set in force, by the chain alone. Throws what the chain throws. */
export async function hasOwnSet(session: UnlockedSession): Promise<boolean> {
  const { address } = await setAccount(session);
  return (await readCard(session.chain, address))?.digest !== undefined;
}

async function readStanding(session: UnlockedSession): Promise<Standing> {
  const account = await setAccount(session);
  const published = await readCard(session.chain, account.address);
  if (published === undefined) return { account, published, number: 0 };
  // Each publication counts as a version, each renewal as a card: there are not more cards than versions.
  for (let number = 1; number <= published.version; number++)
    if (equalBytes((await keysOf(session, account.address, number)).opening.publicBytes, published.key))
      return { account, published, number };
  throw new ChartkeyError(
    "CARD_FOREIGN_KEY",
    "Another program published your emergency set. It is not shown here; make a new one with that program.",
  );
}

/**
 * The patient's set in force with its card; undefined when there is none. Throws `CARD_FOREIGN_KEY`, and what `openCard` throws.
 * @param app the program that asks, as stores are told
 */
export async function readOwnSet(session: UnlockedSession, app: AppName): Promise<OwnSet | undefined> {
  const { account, published, number } = await readStanding(session);
  if (published?.digest === undefined) return undefined;
  const { set, key } = await readCardSet(session, app, await keysOf(session, account.address, number));
  return {
    ...(await openSet(session, set, key)),
    code: await cardText(session, account.address, number),
    hospitals: readersOfSet(set),
  };
}

async function cardText(session: UnlockedSession, card: Address, number: number): Promise<string> {
  const seed = await cardSeed(session.vault.chartKey, chartContext(session, accountOf(session)), number);
  return encodeCardCode({ chainId: session.chain.id, card, seed });
}

/** Whose letters a hospital's copy is: its admins', and those of keepers who are not admins. */
async function addresseesOf({ chain }: UnlockedSession, { address, keepers }: HospitalKey): Promise<Address[]> {
  const admins = await Promise.all(keepers.map((keeper) => isAdmin(chain, address, keeper)));
  return [address, ...keepers.filter((_, index) => !admins[index])];
}

/**
 * Publishes a set: seals it to the card and to the hospitals that the patient chose, one signature over it, one transaction; then takes
 * the one before back from every store. No store can hold up that an old card becomes worthless: the chain alone says so. The card stays the same unless `renew` is set, or the one before was withdrawn.
 * Throws `EMERGENCY_KEY_MISSING`, `EMERGENCY_SET_TOO_LARGE`, `EMERGENCY_READERS`, and what the store and `transact` throw.
 * @param onRemoved is told what each store did with the set before
 * @returns the card's text
 */
export async function publishSet(
  session: UnlockedSession,
  terms: SetTerms,
  onPhase?: OnPhase,
  onRemoved: (files: RemovalReport[]) => void = () => {},
): Promise<string> {
  onPhase?.("checking");
  const { chain, store } = session;
  const patient = accountOf(session);
  const [standing, hospitals] = await Promise.all([
    readStanding(session),
    Promise.all(terms.hospitals.map(async (id) => requireHospitalKey(session, await readHospital(chain, id)))),
  ]);
  const { account, published } = standing;
  const fresh = terms.renew === true || published?.digest === undefined;
  const number = fresh ? standing.number + 1 : standing.number;
  const keys = await keysOf(session, account.address, number);
  const addressees = (await Promise.all(hospitals.map((hospital) => addresseesOf(session, hospital)))).flat();
  if (addressees.length >= MAX_LETTERS)
    throw new ChartkeyError("EMERGENCY_READERS", "These hospitals have too many keepers together. Choose fewer.");
  onPhase?.("encrypting");
  const readers = [
    { account: account.address, keyVersion: 0, publicKey: keys.opening.publicBytes },
    ...hospitals.map(({ address, publicKey }) => ({ account: address, keyVersion: 0, publicKey })),
  ];
  const document = await sealSet(
    session,
    { patient, card: account.address, number },
    (published?.version ?? 0) + 1,
    terms,
    readers,
  );
  onPhase?.("uploading");
  let digest: Hex = WITHDRAWN;
  // One after the other: a store files one content under several readers.
  for (const to of [keys.reader.address, ...new Set(addressees)])
    ({ digest } = await store.put(document, letterTo(to)));
  await publish(session, standing, bytesToHex(keys.opening.publicBytes), digest, onPhase);
  onRemoved(await giveUp(session, published));
  onPhase?.("done");
  return cardText(session, account.address, number);
}

/** Has every store forget a set, whoever its letters were for. */
async function giveUp(session: UnlockedSession, published: PublishedCard | undefined): Promise<RemovalReport[]> {
  if (published?.digest === undefined) return [];
  const reference = rawReference(published.digest);
  return removeEverywhere(session, [{ kind: "set", reference, scope: letterTo(signerOf(session)) }]);
}

/** The account signs for itself; the patient's wallet sends it. */
async function publish(
  { chain, wallet }: UnlockedSession,
  { account, published }: Standing,
  key: Hex,
  vault: Hex,
  onPhase: OnPhase | undefined,
): Promise<void> {
  const version = published?.version ?? 0;
  const publication: Publication = {
    ...{ account: account.address, suite: KEM_X25519, key, expectedKeyVersion: version },
    ...{ vault, expectedVaultVersion: version, deadline: Math.floor(Date.now() / 1000) + TERM },
  };
  const signature = await account.signTypedData(publishTypedData(chain, publication));
  const args = [...Object.values(publication), signature] as unknown as Parameters<typeof callOf>[1];
  await transact(chain, wallet, callOf(chain.deployment.keyDirectory, args), watch(onPhase));
}

function callOf(address: Address, args: readonly [Address, number, Hex, number, Hex, number, number, Hex]) {
  return { address, abi: keyDirectoryAbi, functionName: "publishBySig", args } as const;
}

/**
 * Withdraws the set: cards and hospitals open nothing from then on, and every store is told to give it up. What was read was read.
 * Throws `CARD_NONE`, and what `transact` throws.
 * @returns what each store did
 */
export async function withdrawSet(session: UnlockedSession, onPhase?: OnPhase): Promise<RemovalReport[]> {
  onPhase?.("checking");
  const standing = await readStanding(session);
  const { published } = standing;
  if (published?.digest === undefined)
    throw new ChartkeyError("CARD_NONE", "You have no emergency set in force. There is nothing to withdraw.");
  await publish(session, standing, bytesToHex(published.key), WITHDRAWN, onPhase);
  const files = await giveUp(session, published);
  onPhase?.("done");
  return files;
}

/** Whether a hospital is among those that a set is sealed to. */
export function isSealedTo({ hospitals }: OwnSet, hospital: Address): boolean {
  return hospitals.some((to) => sameAddress(to, hospital));
}
