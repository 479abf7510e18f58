import { bytesToHex } from "viem";
import type { Bytes } from "../../bytes.ts";
import { hkdfFrom, openSmall, sealSmall } from "../aead.ts";
import { type VaultContext, vaultText } from "./context.ts";
import type { Vault } from "./secrets.ts";

const NO_SALT = new Uint8Array();

/**
 * Seals what an account keeps for itself, under a secret of its vault. What opens was written by whoever has that vault: a public key would
 * let anybody write what its owner then believes to be his own.
 */
export class OwnBox {
  readonly #chartKey: CryptoKey;
  readonly #context: VaultContext;
  readonly #purpose: string;

  /** @param purpose what the key is for, as docs/protocol.md names it */
  constructor({ chartKey }: Pick<Vault, "chartKey">, context: VaultContext, purpose: string) {
    this.#chartKey = chartKey;
    this.#context = context;
    this.#purpose = purpose;
  }

  /** A secret of the vault for a purpose of its own. */
  derive(purpose: string, length: number): Promise<Bytes> {
    return hkdfFrom(this.#chartKey, NO_SALT, vaultText(this.#context, purpose), length);
  }

  /** A name for what is kept under this purpose, 32 hex digits: the same for one text, and nothing to whoever has no vault. */
  async nameOf(text: string): Promise<string> {
    return bytesToHex(await this.derive(`${this.#purpose}-name|${text}`, 16)).slice(2);
  }

  async seal(name: string, plaintext: Uint8Array): Promise<Bytes> {
    return sealSmall(await this.derive(this.#purpose, 32), plaintext, this.#boundTo(name));
  }

  /** Throws `CRYPTO_OPEN_FAILED` for what is of another vault, account, chain, purpose or name, or was altered. */
  async open(name: string, sealed: Uint8Array): Promise<Bytes> {
    return openSmall(await this.derive(this.#purpose, 32), sealed, this.#boundTo(name));
  }

  #boundTo(name: string): Bytes {
    return vaultText(this.#context, `${this.#purpose}|${name}`);
  }
}
