import { bytesToHex, type Hex } from "viem";
import type { Bytes } from "../../bytes.ts";
import { hkdfFrom, openSmall, sealSmall } from "../aead.ts";
import { type VaultContext, vaultText } from "./context.ts";
import type { Vault } from "./secrets.ts";

const NO_SALT = new Uint8Array();

/**
 * Seals drafts under a secret of their author's vault (docs/protocol.md, Outbox). What opens was written by whoever has that vault: a public
 * key would let anybody write what the author is then asked to sign.
 */
export class DraftBox {
  readonly #chartKey: CryptoKey;
  readonly #context: VaultContext;

  constructor({ chartKey }: Pick<Vault, "chartKey">, context: VaultContext) {
    this.#chartKey = chartKey;
    this.#context = context;
  }

  /** The name of a draft, 32 hex digits: the same for one payload, and nothing to whoever has no vault. */
  async nameOf(payload: Hex): Promise<string> {
    return bytesToHex(await this.#derive(`outbox-name|${payload}`, 16)).slice(2);
  }

  async seal(name: string, plaintext: Uint8Array): Promise<Bytes> {
    return sealSmall(await this.#derive("outbox", 32), plaintext, this.#boundTo(name));
  }

  /** Throws `CRYPTO_OPEN_FAILED` for what is of another vault, account, chain or name, or was altered. */
  async open(name: string, sealed: Uint8Array): Promise<Bytes> {
    return openSmall(await this.#derive("outbox", 32), sealed, this.#boundTo(name));
  }

  #derive(purpose: string, length: number): Promise<Bytes> {
    return hkdfFrom(this.#chartKey, NO_SALT, vaultText(this.#context, purpose), length);
  }

  #boundTo(name: string): Bytes {
    return vaultText(this.#context, `outbox|${name}`);
  }
}
