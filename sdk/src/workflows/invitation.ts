import { type Address, type Hex, isAddress, isHex, size } from "viem";
import { fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";

/** A voucher, as the contract takes it. */
export interface Voucher {
  role: number;
  speciality: number;
  /** Unix seconds. */
  expiry: number;
  epoch: number;
  account: Address;
  claimKey: Address;
}

/** An invitation: whoever holds it can claim it once. It belongs into a link's fragment or a QR, never into a request. */
export interface Invitation {
  chainId: number;
  hospital: number;
  hospitalAddress: Address;
  hospitalName: string;
  admin: Address;
  voucher: Voucher;
  signature: Hex;
  /** Private key of the voucher's claim key; absent when the voucher names an account. */
  claimSecret?: Hex;
  /** Digests of the sealed lists of what is staged for whoever claims it, oldest first; absent when nothing is. */
  staged?: Hex[];
}

/** Most lists that one invitation names. */
export const MAX_STAGINGS = 16;
/** Longest name of a hospital in it, in UTF-16 code units. */
const MAX_NAME = 1000;

/** One line of text that holds the invitation. */
export function encodeInvitation(invitation: Invitation): string {
  return toBase64Url(canonicalBytes({ v: 1, ...invitation }));
}

/** Reads an invitation, alone or as the fragment of a link. Throws `INVITATION_MALFORMED`. */
export function decodeInvitation(text: string): Invitation {
  const code = text
    .trim()
    .split("#")
    .at(-1)!
    .replace(/^\/?(invitation=|i=)/, "");
  try {
    const invitation = parseDocument(fromBase64Url(code), "invitation") as unknown as Invitation;
    const { voucher, hospitalAddress, hospitalName, admin, signature, claimSecret, staged } = invitation;
    const whole =
      [hospitalAddress, admin, voucher.account, voucher.claimKey].every((address) =>
        isAddress(address, { strict: false }),
      ) &&
      typeof hospitalName === "string" &&
      hospitalName.length <= MAX_NAME &&
      isHex(signature) &&
      (claimSecret === undefined || (isHex(claimSecret) && size(claimSecret) === 32)) &&
      (staged === undefined || isDigestList(staged)) &&
      [invitation.chainId, invitation.hospital, voucher.role, voucher.speciality, voucher.expiry, voucher.epoch].every(
        Number.isSafeInteger,
      );
    if (whole) return invitation;
  } catch (cause) {
    throw malformed(cause);
  }
  throw malformed();
}

function isDigestList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= MAX_STAGINGS &&
    value.every((digest) => typeof digest === "string" && /^0x[0-9a-f]{64}$/.test(digest))
  );
}

function malformed(cause?: unknown): ChartkeyError {
  return new ChartkeyError(
    "INVITATION_MALFORMED",
    "This is not a whole invitation. Use the whole link, or scan the code again.",
    { cause },
  );
}

const VOUCHER_TYPES = {
  Voucher: [
    { name: "role", type: "uint8" },
    { name: "speciality", type: "uint16" },
    { name: "expiry", type: "uint40" },
    { name: "epoch", type: "uint32" },
    { name: "account", type: "address" },
    { name: "claimKey", type: "address" },
  ],
} as const;

const CLAIM_TYPES = {
  Claim: [
    { name: "account", type: "address" },
    { name: "claimKey", type: "address" },
  ],
} as const;

function domain(chainId: number, hospital: Address) {
  return { name: "Chartkey Hospital", version: "1", chainId, verifyingContract: hospital } as const;
}

/** EIP-712 form of a voucher, for the admin's wallet. */
export function voucherTypedData(chainId: number, hospital: Address, voucher: Voucher) {
  return { domain: domain(chainId, hospital), types: VOUCHER_TYPES, primaryType: "Voucher", message: voucher } as const;
}

/** EIP-712 form of a claim, for the claim key. */
export function claimTypedData(chainId: number, hospital: Address, message: { account: Address; claimKey: Address }) {
  return { domain: domain(chainId, hospital), types: CLAIM_TYPES, primaryType: "Claim", message } as const;
}
