import { fromUtf8, utf8 } from "../bytes.ts";
import { hpkeOpen, hpkeSeal, type Sealed } from "../crypto/hpke.ts";
import type { Vault } from "../crypto/vault/secrets.ts";

const INFO = utf8("chartkey/draft/1");

/** What somebody had not finished, sealed to his own key. It is kept in memory, and is part of no document. */
export type SealedDraft = Sealed;

/** Seals JSON to an account's public key (`vault.identity.publicBytes`); the vault itself may be locked by then. */
export function sealDraft(publicKey: Uint8Array, draft: unknown): Promise<SealedDraft> {
  return hpkeSeal(publicKey, utf8(JSON.stringify(draft)), INFO);
}

/** Opens a draft of the same account. Throws `CRYPTO_OPEN_FAILED`. */
export async function openDraft({ identity }: Pick<Vault, "identity">, sealed: SealedDraft): Promise<unknown> {
  return JSON.parse(fromUtf8(await hpkeOpen(identity, sealed, INFO)));
}
