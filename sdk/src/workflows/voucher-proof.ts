import { type Address, type Hex, hashTypedData, isAddress, isHex, zeroAddress } from "viem";
import { fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import type { Chain } from "../chain/connection.ts";
import { type Hospital, isAdmin, readActiveSince, readHospital, roleCode } from "../chain/hospitals.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { type Invitation, type Voucher, voucherTypedData } from "./invitation.ts";

/** How long after an invitation's end whoever claimed it finds what was staged for him, in seconds. */
export const TAKE_OVER_TERM = 30 * 86_400;

/** What a store is told of a patient's invitation, besides its claim key: nothing that opens anything. */
interface VoucherProof {
  hospital: number;
  admin: Address;
  expiry: number;
  epoch: number;
  signature: Hex;
}

/** The proof as stores take it (docs/protocol.md, Staged records). */
export function encodeVoucherProof({ hospital, admin, voucher, signature }: Invitation): string {
  const { expiry, epoch } = voucher;
  return toBase64Url(canonicalBytes({ v: 1, hospital, admin, expiry, epoch, signature }));
}

function decodeVoucherProof(text: string): VoucherProof | undefined {
  try {
    const proof = parseDocument(fromBase64Url(text), "voucher") as unknown as VoucherProof;
    const numbers = [proof.hospital, proof.expiry, proof.epoch];
    const whole = isAddress(proof.admin, { strict: false }) && isHex(proof.signature);
    return whole && numbers.every((number) => Number.isSafeInteger(number) && number >= 0) ? proof : undefined;
  } catch (error) {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  }
}

/** EIP-712 digest of a voucher. */
export function voucherDigest(chainId: number, hospital: Address, voucher: Voucher): Hex {
  return hashTypedData(voucherTypedData(chainId, hospital, voucher));
}

interface Standing {
  isUsed: boolean;
  /** Whether it can still be claimed or, when it was, what was staged for it still be taken over. */
  isAwaited: boolean;
}

async function standingOf(
  { client }: Chain,
  { address }: Hospital,
  claimKey: Address,
  { admin, expiry, epoch }: VoucherProof,
): Promise<Standing> {
  const hospital = { address, abi: hospitalAbi } as const;
  const [isUsed, current, byAdmin, { timestamp }] = await Promise.all([
    client.readContract({ ...hospital, functionName: "isVoucherUsed", args: [claimKey] }),
    client.readContract({ ...hospital, functionName: "voucherEpoch", args: [admin] }),
    client.readContract({ ...hospital, functionName: "isAdmin", args: [admin] }),
    client.getBlock(),
  ]);
  const now = Number(timestamp);
  const isAwaited = isUsed ? now < expiry + TAKE_OVER_TERM : now < expiry && current === epoch && byAdmin;
  return { isUsed, isAwaited };
}

/** The hospital of a proof, if there is one. */
async function hospitalOf(chain: Chain, { hospital: id }: VoucherProof): Promise<Hospital | undefined> {
  const hospital = id > 0xffff_ffff ? undefined : await readHospital(chain, id);
  return hospital?.accreditation === "none" ? undefined : hospital;
}

/** Whether what was staged for a voucher may still be wanted, at the newest block. Throws what the chain throws. */
export async function isAwaited(chain: Chain, claimKey: Address, text: string): Promise<boolean> {
  const proof = decodeVoucherProof(text);
  const hospital = proof && (await hospitalOf(chain, proof));
  return hospital !== undefined && (await standingOf(chain, hospital, claimKey, proof!)).isAwaited;
}

/** Whether an account works at a hospital: as its admin, or as an active doctor. Throws what the chain throws. */
export async function isStaffOf(chain: Chain, { id, address }: Hospital, account: Address): Promise<boolean> {
  const [admin, since] = await Promise.all([
    isAdmin(chain, address, account),
    readActiveSince(chain, id, account, "doctor"),
  ]);
  return admin || since > 0;
}

/** Whether `uploader` may stage for an invitation: the voucher is a patient's, genuine and open, and he works there. Throws what the chain throws. */
export async function mayStage(chain: Chain, claimKey: Address, text: string, uploader: Address): Promise<boolean> {
  const proof = decodeVoucherProof(text);
  const hospital = proof && (await hospitalOf(chain, proof));
  if (proof === undefined || hospital === undefined) return false;
  const { expiry, epoch, admin, signature } = proof;
  const voucher = { role: roleCode("patient"), speciality: 0, expiry, epoch, account: zeroAddress, claimKey };
  const [standing, isStaff, isSigned] = await Promise.all([
    standingOf(chain, hospital, claimKey, proof),
    isStaffOf(chain, hospital, uploader),
    isHashSignedBy(chain, admin, voucherDigest(chain.id, hospital.address, voucher), signature),
  ]);
  return isSigned && isStaff && standing.isAwaited && !standing.isUsed;
}
