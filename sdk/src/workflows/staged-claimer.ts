import { ChartkeyError } from "../errors.ts";
import { hasClaimed, readActiveSince } from "../chain/hospitals.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import type { Invitation } from "./invitation.ts";
import { requireHospitalOf } from "./invited-hospital.ts";
import { type Session, accountOf } from "./session.ts";

/**
 * What is staged for an invitation is for the patient who claimed it; whoever else has its link, as another person at the same browser or
 * a patient to whom it was sent by mistake, gets none of it into a chart. Throws `STAGING_NOT_MEMBER`, `STAGING_CLAIMED_BY_ANOTHER`,
 * `STAGING_NOT_CLAIMED`, `INVITATION_WRONG_CHAIN`, `INVITATION_WRONG_HOSPITAL`.
 */
export async function requireClaimer(session: Session, invitation: Invitation): Promise<void> {
  const { chain } = session;
  const account = accountOf(session);
  const { id, address } = await requireHospitalOf(chain, invitation);
  const { claimKey } = invitation.voucher;
  if ((await readActiveSince(chain, id, account, "patient")) === 0)
    throw new ChartkeyError(
      "STAGING_NOT_MEMBER",
      "You are not a patient of this hospital yet. Claim the invitation first; what was prepared for you stays.",
    );
  const contract = { address, abi: hospitalAbi } as const;
  const used = await chain.client.readContract({ ...contract, functionName: "isVoucherUsed", args: [claimKey] });
  if (used && (await hasClaimed(chain, address, account, claimKey))) return;
  if (used)
    throw new ChartkeyError(
      "STAGING_CLAIMED_BY_ANOTHER",
      "Another account claimed this invitation. Nothing was taken over. If that was not you, tell the hospital.",
    );
  throw new ChartkeyError(
    "STAGING_NOT_CLAIMED",
    "This invitation is for somebody who is no patient of the hospital yet. Nothing was taken over. If the records are yours, ask the hospital to add them to your chart, by an access that you give.",
  );
}
