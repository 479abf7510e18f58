import type { Chain } from "../chain/connection.ts";
import { type Hospital, readHospital } from "../chain/hospitals.ts";
import { ChartkeyError } from "../errors.ts";
import type { Invitation } from "./invitation.ts";
import { sameAddress } from "./session.ts";

/**
 * The hospital of an invitation. The link's text could name any contract: the registry says which one the hospital has.
 * Throws `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`.
 */
export async function requireHospitalOf(chain: Chain, invitation: Invitation): Promise<Hospital> {
  if (invitation.chainId !== chain.id)
    throw new ChartkeyError(
      "INVITATION_WRONG_CHAIN",
      `This invitation is for chain ${invitation.chainId}. Switch the network.`,
    );
  const hospital = await readHospital(chain, invitation.hospital);
  if (sameAddress(hospital.address, invitation.hospitalAddress)) return hospital;
  throw new ChartkeyError(
    "INVITATION_WRONG_HOSPITAL",
    "This invitation names a contract that is not the hospital's. Do not use it.",
  );
}
