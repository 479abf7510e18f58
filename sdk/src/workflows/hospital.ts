import { type Address, type Hex, bytesToHex, getAddress, hexToBytes, parseEventLogs, zeroAddress } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import {
  type Accreditation,
  ACCREDITATIONS,
  type Hospital,
  type Role,
  isAdmin,
  readHospital,
  readMemberStatus,
  roleCode,
} from "../chain/hospitals.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { toChainError } from "../chain/reverts.ts";
import { transact } from "../chain/transact.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import { PUBLIC_FILE, letterTo } from "../storage/scope.ts";
import { type Invitation, type Voucher, claimTypedData, voucherTypedData } from "./invitation.ts";
import { requireHospitalOf } from "./invited-hospital.ts";
import { keepIfPossible } from "./kept-invitations.ts";
import { type Card, type HospitalProfile, type StaffEntry, encodeProfile, readProfile, sealCard } from "./profile.ts";
import {
  type OnPhase,
  type Session,
  type UnlockedSession,
  accountOf,
  sameAddress,
  signerOf,
  watch,
} from "./session.ts";

/** How long an invitation works unless something else is said, in seconds. */
export const INVITATION_TERM = 7 * 86_400;

/** Deploys a hospital whose first admin is the caller; the registrar must accredit it before it can admit anybody to a chart. */
export async function createHospital(
  session: UnlockedSession,
  profile: HospitalProfile,
  onPhase?: OnPhase,
): Promise<Hospital> {
  onPhase?.("uploading");
  const { digest } = await session.store.put(encodeProfile(profile), PUBLIC_FILE);
  const { registry: address } = session.chain.deployment;
  const receptionKey = bytesToHex(session.vault.reception.publicBytes);
  const call = {
    address,
    abi: hospitalRegistryAbi,
    functionName: "createHospital",
    args: [bytesToHex(randomBytes(32)), digest, receptionKey],
  } as const;
  const receipt = await transact(session.chain, session.wallet, call, watch(onPhase));
  const [created] = parseEventLogs({ abi: hospitalRegistryAbi, eventName: "HospitalCreated", logs: receipt.logs });
  if (created === undefined)
    throw new ChartkeyError(
      "CHAIN_FAILED",
      "The node mined the transaction but shows no new hospital. Ask another node.",
    );
  onPhase?.("done");
  return readHospital(session.chain, created.args.id);
}

/**
 * Accredits or suspends a hospital, as the registrar: the contract and the profile that he has read, not whatever has its number now.
 */
export async function setAccreditation(
  session: Session,
  hospital: Hospital,
  status: Accreditation,
  onPhase?: OnPhase,
): Promise<void> {
  const call = {
    address: session.chain.deployment.registry,
    abi: hospitalRegistryAbi,
    functionName: "setAccreditation",
    args: [hospital.id, hospital.address, ACCREDITATIONS.indexOf(status), hospital.profile],
  } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/** Whom an admin invites. */
export interface Invitee {
  role: Exclude<Role, "none">;
  /** Of a doctor: code from `SPECIALITIES`; otherwise 0. */
  speciality?: number;
  /** Who may claim; when absent, whoever holds the invitation. */
  account?: Address;
  /** Unix seconds; when absent, `INVITATION_TERM` from now. */
  expiry?: number;
}

/** Signs an invitation: one wallet signature, no transaction. Throws `HOSPITAL_NOT_ADMIN`, `WALLET_REJECTED`. */
export async function invite(session: Session, hospitalId: number, invitee: Invitee): Promise<Invitation> {
  const { chain, wallet } = session;
  const admin = signerOf(session);
  const hospital = await readHospital(chain, hospitalId);
  if (hospital.accreditation === "none" || !(await isAdmin(chain, hospital.address, admin)))
    throw new ChartkeyError(
      "HOSPITAL_NOT_ADMIN",
      `You are not an admin of hospital ${hospitalId}. Connect an admin's wallet.`,
    );
  const [epoch, { name }] = await Promise.all([
    chain.client.readContract({
      address: hospital.address,
      abi: hospitalAbi,
      functionName: "voucherEpoch",
      args: [admin],
    }),
    readProfile(session, hospital),
  ]);
  const claimSecret = invitee.account === undefined ? generatePrivateKey() : undefined;
  const voucher: Voucher = {
    role: roleCode(invitee.role),
    speciality: invitee.speciality ?? 0,
    expiry: invitee.expiry ?? Math.floor(Date.now() / 1000) + INVITATION_TERM,
    epoch,
    account: invitee.account ?? zeroAddress,
    claimKey: claimSecret === undefined ? zeroAddress : privateKeyToAccount(claimSecret).address,
  };
  const typedData = voucherTypedData(chain.id, hospital.address, voucher);
  const signature = await wallet.signTypedData({ ...typedData, account: wallet.account }).catch((cause: unknown) => {
    throw toChainError(cause);
  });
  const invitation = {
    chainId: chain.id,
    hospital: hospitalId,
    hospitalAddress: hospital.address,
    hospitalName: name,
    admin,
    voucher,
    signature,
  };
  return claimSecret === undefined ? invitation : { ...invitation, claimSecret };
}

async function storeCard(session: Session, hospital: Address, card: Card): Promise<Hex> {
  const { chain, store } = session;
  const receptionKey = await chain.client.readContract({
    address: hospital,
    abi: hospitalAbi,
    functionName: "receptionKey",
  });
  const document = await sealCard(chain.id, hospital, hexToBytes(receptionKey), accountOf(session), card);
  return (await store.put(document, letterTo(hospital))).digest;
}

/**
 * Claims an invitation and leaves a card at the reception. Who was declined or left there before asks for the same instead, since a
 * claim works once; an admin then confirms. Throws `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`, and what `transact` throws.
 */
export async function claim(session: Session, invitation: Invitation, card: Card, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain } = session;
  const { voucher, claimSecret, admin, signature } = invitation;
  const hospital = await requireHospitalOf(chain, invitation);
  onPhase?.("encrypting");
  const account = accountOf(session);
  const status = await readMemberStatus(chain, hospital.id, account);
  const typedData = claimTypedData(chain.id, hospital.address, { account, claimKey: voucher.claimKey });
  const claimSignature =
    claimSecret === undefined ? "0x" : await privateKeyToAccount(claimSecret).signTypedData(typedData);
  onPhase?.("uploading");
  await keepIfPossible(session, invitation);
  const cardDigest = await storeCard(session, hospital.address, card);
  const contract = { address: hospital.address, abi: hospitalAbi } as const;
  const { role, speciality } = voucher;
  const claiming = [account, voucher, admin, signature, claimSignature, cardDigest] as const;
  const call =
    status === "declined" || status === "left"
      ? ({ ...contract, functionName: "requestAdmission", args: [account, role, speciality, cardDigest] } as const)
      : ({ ...contract, functionName: "claim", args: claiming } as const);
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Confirms somebody's membership and, for staff, lists them in the hospital's public directory: one transaction.
 *
 * @param staff What a staff member asked to be, as the admin has seen it; without it, a patient. Another request is refused.
 */
export async function confirmMember(
  session: Session,
  hospital: Hospital,
  account: Address,
  staff?: StaffEntry,
  onPhase?: OnPhase,
): Promise<void> {
  onPhase?.("uploading");
  const profile = staff === undefined ? ZERO_HEAD : await storeProfileWith(session, hospital, staff);
  const call = {
    address: hospital.address,
    abi: hospitalAbi,
    functionName: "confirm",
    args: [getAddress(account), roleCode(staff?.role ?? "patient"), staff?.speciality ?? 0, profile],
  } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

async function storeProfileWith(session: Session, hospital: Hospital, staff: StaffEntry): Promise<Hex> {
  const profile = await readProfile(session, hospital);
  const others = profile.staff.filter(({ account }) => !sameAddress(account, staff.account));
  return (await session.store.put(encodeProfile({ ...profile, staff: [...others, staff] }), PUBLIC_FILE)).digest;
}

/**
 * Leaves a hospital, or withdraws a request that waits there, for the account that the wallet acts for. The way back is a new request
 * that an admin confirms. Grants and visits stay.
 */
export async function leaveHospital(session: Session, hospital: Hospital, onPhase?: OnPhase): Promise<void> {
  const { chain, wallet } = session;
  const call = {
    address: hospital.address,
    abi: hospitalAbi,
    functionName: "leaveHospital",
    args: [accountOf(session)],
  } as const;
  await transact(chain, wallet, call, watch(onPhase));
  onPhase?.("done");
}

/** Suspends or re-activates a member; suspending ends every grant to a doctor for good. */
export async function setMemberActive(
  session: Session,
  hospital: Hospital,
  account: Address,
  active: boolean,
  onPhase?: OnPhase,
): Promise<void> {
  const functionName = active ? "reactivate" : "suspend";
  await transact(
    session.chain,
    session.wallet,
    { address: hospital.address, abi: hospitalAbi, functionName, args: [account] },
    watch(onPhase),
  );
  onPhase?.("done");
}
