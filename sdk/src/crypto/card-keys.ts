import { type Bytes, utf8 } from "../bytes.ts";
import { hkdf, hkdfFrom } from "./aead.ts";
import { type ChartContext, chartText } from "./epoch.ts";

/** Bytes of an emergency card's seed: whoever has it opens the set that is in force for that card. */
export const CARD_SEED_SIZE = 32;

const NO_SALT = new Uint8Array();

/** Private key (secp256k1, 32 bytes) of the account under which a patient publishes emergency sets. Nobody else has it. */
export function cardAccountSecret(chartKey: CryptoKey, chart: ChartContext): Promise<Bytes> {
  return hkdfFrom(chartKey, NO_SALT, utf8(`chartkey/emergency-account/1|${chartText(chart)}`), 32);
}

/** Seed of a patient's `number`th card, from 1. */
export function cardSeed(chartKey: CryptoKey, chart: ChartContext, number: number): Promise<Bytes> {
  return hkdfFrom(chartKey, NO_SALT, utf8(`chartkey/emergency-card/1|${chartText(chart)}|${number}`), CARD_SEED_SIZE);
}

/** Which card of which directory: what its keys are bound to. */
export interface CardContext {
  chainId: number;
  /** Address of KeyDirectory. */
  directory: string;
  /** The account under which its sets are published. */
  card: string;
}

function cardInfo({ chainId, directory, card }: CardContext, purpose: "reader" | "key"): Bytes {
  return utf8(`chartkey/card-${purpose}/1|eip155:${chainId}|${[directory, card].join("|").toLowerCase()}`);
}

/** Private key (secp256k1, 32 bytes) of the account that a store hands the set to. */
export function cardReaderSecret(seed: Uint8Array, context: CardContext): Promise<Bytes> {
  return hkdf(seed, NO_SALT, cardInfo(context, "reader"), 32);
}

/** Private key (X25519, 32 bytes) that the set is sealed to. */
export function cardOpeningSecret(seed: Uint8Array, context: CardContext): Promise<Bytes> {
  return hkdf(seed, NO_SALT, cardInfo(context, "key"), 32);
}
