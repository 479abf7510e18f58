import { ChartkeyError, type UnlockedSession, readHospitals, readProfile, sameAddress } from "@chartkey/sdk";
import type { Actor } from "@chartkey/sdk/records";
import type { Address } from "viem";

/** The name under which a hospital that can be asked lists an account. */
async function listedName(session: UnlockedSession, account: Address): Promise<string | undefined> {
  for (const hospital of await readHospitals(session.chain)) {
    try {
      const { staff } = await readProfile(session, hospital);
      const found = staff.find((person) => sameAddress(person.account, account));
      if (found !== undefined) return found.name;
    } catch (error) {
      // One hospital's profile being lost does not keep the others from being read.
      if (!(error instanceof ChartkeyError)) throw error;
    }
  }
  return undefined;
}

/** How an account is named inside a record: by its public name where a hospital lists it, otherwise by its short address, as in the app. */
export async function actorOf(session: UnlockedSession, account: Address): Promise<Actor> {
  const name = await listedName(session, account);
  return { display: name ?? `${account.slice(0, 6)}…${account.slice(-4)}` };
}

/** The time now as a FHIR instant. */
export function instantNow(): string {
  return new Date().toISOString();
}
