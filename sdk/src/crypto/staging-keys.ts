import { type Bytes, utf8 } from "../bytes.ts";
import { hkdf } from "./aead.ts";

/** Which invitation's: what its staging key is bound to. */
export interface StagingContext {
  chainId: number;
  /** Address of the hospital's contract. */
  hospital: string;
  /** 0x-prefixed EIP-712 digest of the voucher. */
  voucher: string;
}

const textOf = ({ chainId, hospital, voucher }: StagingContext) =>
  `eip155:${chainId}|${[hospital, voucher].join("|").toLowerCase()}`;

/** Private key (X25519, 32 bytes) that what is staged for an invitation is sealed to, from the invitation's claim secret. */
export function stagingSecret(claimSecret: Uint8Array, context: StagingContext): Promise<Bytes> {
  return hkdf(claimSecret, new Uint8Array(), utf8(`chartkey/staging-key/1|${textOf(context)}`), 32);
}

/** HPKE info of a list of what is staged. */
export function stagingInfo(context: StagingContext): Bytes {
  return utf8(`chartkey/staging/1|${textOf(context)}`);
}
