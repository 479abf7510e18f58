import { type Address, bytesToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type CardContext, cardOpeningSecret, cardReaderSecret } from "../crypto/card-keys.ts";
import { type Identity, importIdentity } from "../crypto/hpke.ts";
import { isInForce, readCard } from "../chain/emergency-cards.ts";
import { letterTo } from "../storage/scope.ts";
import { decodeCardCode } from "./card-code.ts";
import { type OpenedSet, type SetDocument, decodeSet, keyOfSet, openSet, requireCurrent } from "./emergency-set.ts";
import { type ReadSession, sameAddress } from "./session.ts";
import { withStoreOf } from "./store-of.ts";
import type { AppName } from "./store-session.ts";

/** What a card's seed gives: the account that a store hands the set to, and the key that opens it. */
export interface CardKeys {
  card: Address;
  reader: ReturnType<typeof privateKeyToAccount>;
  opening: Identity;
}

export async function cardKeys({ chain }: ReadSession, card: Address, seed: Uint8Array): Promise<CardKeys> {
  const context: CardContext = { chainId: chain.id, directory: chain.deployment.keyDirectory, card };
  const [reader, opening] = await Promise.all([cardReaderSecret(seed, context), cardOpeningSecret(seed, context)]);
  return { card, reader: privateKeyToAccount(bytesToHex(reader)), opening: await importIdentity(opening) };
}

const replaced = () =>
  new ChartkeyError(
    "CARD_REPLACED",
    "This card opens nothing any more: its owner has renewed or withdrawn it. Ask whether there is a newer one.",
  );

/** The set that is in force for a card, by its keys, with what opens it. The store learns which card asks, and not who. */
export async function readCardSet(
  session: ReadSession,
  app: AppName,
  keys: CardKeys,
): Promise<{ set: SetDocument; key: Bytes }> {
  const { chain } = session;
  const published = await readCard(chain, keys.card);
  // The chain says so by itself: an old card is worthless also where a store still has what it opened.
  if (published?.digest === undefined || !isInForce(published, keys.opening.publicBytes)) throw replaced();
  const { digest } = published;
  const { reader } = keys;
  return withStoreOf(session, reader, app, async (store) => {
    const set = decodeSet(await store.getDocument(digest, letterTo(reader.address)));
    if (!sameAddress(set.card, keys.card)) throw replaced();
    await requireCurrent(session, set);
    return { set, key: await keyOfSet(session, set, keys.card, keys.opening) };
  });
}

/**
 * Opens an emergency card, without a wallet: whoever holds it sees the set that its patient published last.
 * Throws `CARD_MALFORMED`, `CARD_WRONG_CHAIN`, `CARD_REPLACED`, and what `requireCurrent`, `openSet` and the store throw.
 * @param app the program that asks, as stores are told
 */
export async function openCard(session: ReadSession, app: AppName, text: string): Promise<OpenedSet> {
  const { chainId, card, seed } = decodeCardCode(text);
  if (chainId !== session.chain.id)
    throw new ChartkeyError(
      "CARD_WRONG_CHAIN",
      `This card is for chain ${chainId}. Open it with the program whose address stands on it.`,
    );
  const { set, key } = await readCardSet(session, app, await cardKeys(session, card, seed));
  return openSet(session, set, key);
}
