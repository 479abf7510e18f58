import { getAddress, hexToBytes, sha256 } from "viem";
import { createSiweMessage, generateSiweNonce } from "viem/siwe";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import type { Chain } from "../chain/connection.ts";
import { toChainError } from "../chain/reverts.ts";
import type { Wallet } from "../chain/transact.ts";
import type { StoreCertificate } from "../storage/session-key.ts";
import { StoreSession } from "../storage/store-session.ts";

/** What the wallet's signature says in plain words. Stores accept this statement and no other. */
const STATEMENT =
  "Let this session fetch and keep encrypted files of Chartkey in my name until it expires. " +
  "This gives nobody access to my chart, moves no money and opens no key.";

/** How long a session lasts, in milliseconds: the longest that stores allow. */
const TERM = 8 * 3_600_000;

/** Which program asks for the signature; wallets compare it with the page that they are on. */
export interface AppName {
  /** Host and port, as `chart.example:8443` or `127.0.0.1:5173`. */
  readonly domain: string;
  /** Origin, as `https://chart.example:8443`. */
  readonly uri: string;
}

/** The program's name by the address it is served from, or by that of the store it talks to. */
export function appAt(url: string): AppName {
  const { host, origin } = new URL(url);
  return { domain: host, uri: origin };
}

/** Who signs for a session: a wallet, or as much of one. */
export type SessionSigner = Pick<Wallet, "account" | "signMessage">;

/** A session at stores for the account of a wallet: it is asked once for a signature (ERC-4361), when a store first needs to know. */
export function storeSession({ id: chainId }: Pick<Chain, "id">, wallet: SessionSigner, app: AppName): StoreSession {
  return new StoreSession((key) => certify(chainId, wallet, app, key));
}

/** The message that the wallet signs for a session (ERC-4361), as text. */
export function sessionMessage({ key, ...parts }: Omit<StoreCertificate, "signature">): string {
  const fingerprint = toBase64Url(hexToBytes(sha256(fromBase64Url(key))));
  return createSiweMessage({
    ...parts,
    address: getAddress(parts.address),
    issuedAt: new Date(parts.issuedAt),
    expirationTime: new Date(parts.expirationTime),
    version: "1",
    statement: STATEMENT,
    resources: [`urn:chartkey:session-key:${fingerprint}`],
  });
}

async function certify(
  chainId: number,
  wallet: SessionSigner,
  { domain, uri }: AppName,
  key: Bytes,
): Promise<StoreCertificate> {
  const { account } = wallet;
  const issued = Date.now();
  const unsigned = {
    ...{ address: account.address, chainId, domain, uri, nonce: generateSiweNonce() },
    issuedAt: new Date(issued).toISOString(),
    expirationTime: new Date(issued + TERM).toISOString(),
    key: toBase64Url(key),
  };
  const signature = await wallet.signMessage({ account, message: sessionMessage(unsigned) }).catch((cause: unknown) => {
    throw toChainError(cause);
  });
  return { ...unsigned, signature };
}
