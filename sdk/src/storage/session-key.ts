import { type Bytes, fromBase64Url, toBase64Url, utf8 } from "../bytes.ts";

/** That a key may act for an account at stores until a time: an ERC-4361 message in its parts, and the wallet's signature over it. */
export interface StoreCertificate {
  readonly address: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: number;
  readonly nonce: string;
  /** RFC 3339. */
  readonly issuedAt: string;
  readonly expirationTime: string;
  readonly signature: string;
  /** The session's public key: P-256, uncompressed point, base64url. */
  readonly key: string;
}

/** Has the wallet certify a session's public key (65 bytes, uncompressed point). Throws `WALLET_REJECTED`. */
export type Certify = (key: Bytes) => Promise<StoreCertificate>;

interface Certified {
  readonly privateKey: CryptoKey;
  readonly certificate: StoreCertificate;
}

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
/** A certificate that ends so soon is not used any more, in milliseconds. */
const MARGIN = 60_000;

/**
 * The key of a session, made when it is first needed and certified by one signature of the wallet, however many ask at a time. The private
 * half cannot be read out. After the certificate's end comes another key.
 */
export class SessionKey {
  readonly #certify: Certify;
  #certified: Promise<Certified> | undefined;
  /** Milliseconds since 1970; for ever while the wallet is asked. */
  #goodUntil = Infinity;

  /** How often the wallet was asked in vain, and what it said last. */
  #failures = 0;
  #failure: unknown;

  constructor(certify: Certify) {
    this.#certify = certify;
  }

  /** How often the wallet was asked in vain until now, for `certificate`. */
  get failures(): number {
    return this.#failures;
  }

  /**
   * The wallet is not asked again by what was on its way, since so many failures, when it declined another. Throws `WALLET_REJECTED`.
   */
  async certificate(since = this.#failures): Promise<StoreCertificate> {
    if (this.#certified === undefined && this.#failures > since) throw this.#failure;
    return (await this.#current()).certificate;
  }

  /** ECDSA with SHA-256 over the UTF-8 of a text: r and s, 64 bytes, base64url. Throws `WALLET_REJECTED`. */
  async sign(text: string): Promise<string> {
    const { privateKey } = await this.#current();
    return toBase64Url(new Uint8Array(await crypto.subtle.sign(SIGNING, privateKey, utf8(text))));
  }

  #current(): Promise<Certified> {
    if (this.#certified === undefined || Date.now() > this.#goodUntil) {
      this.#goodUntil = Infinity;
      const making = this.#make();
      this.#certified = making;
      making.then(
        ({ certificate }) => (this.#goodUntil = Date.parse(certificate.expirationTime) - MARGIN),
        (error: unknown) => {
          this.#certified = undefined;
          this.#failures += 1;
          this.#failure = error;
        },
      );
    }
    return this.#certified;
  }

  async #make(): Promise<Certified> {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(P256, false, ["sign"]);
    const key = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    return { privateKey, certificate: await this.#certify(key) };
  }
}

/** Whether the key that a certificate names signed a text, as `SessionKey.sign` does. */
export async function isSessionSignature({ key }: StoreCertificate, text: string, signature: string): Promise<boolean> {
  try {
    const verifying = await crypto.subtle.importKey("raw", fromBase64Url(key), P256, false, ["verify"]);
    return await crypto.subtle.verify(SIGNING, verifying, fromBase64Url(signature), utf8(text));
  } catch {
    return false;
  }
}
