import { ZERO_HEAD, readActiveSince, readConsent, type Chain } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { usePatientAccount } from "../acting/acting.ts";
import { useReadSession } from "../session/session.ts";
import type { Grant } from "./grants.ts";

async function readGrants(chain: Chain, patient: Address): Promise<{ grants: Grant[]; blockNumber: bigint }> {
  const { grants, blockNumber } = await readConsent(chain, patient);
  const withState = grants.map(async ({ grantee, hospital, read, write, expiry, since, keyring }): Promise<Grant> => {
    const activeSince = await readActiveSince(chain, hospital, grantee, "doctor");
    const withKeys = keyring !== ZERO_HEAD;
    return { grantee, hospital, read, write, expiry, since, activeSince, withKeys };
  });
  return { grants: (await Promise.all(withState)).sort((left, right) => left.expiry - right.expiry), blockNumber };
}

/** Key of what depends on the account's consent, for `invalidateQueries` after a grant or a revocation. */
export const grantsKey = (chainId: number) => ["access", chainId] as const;

/** The grants of the connected account that were not revoked; the one that ends first comes first. */
export function useGrants() {
  return useGrantsOf(usePatientAccount());
}

/** The same of any patient: who may read whose chart is on the chain. */
export function useGrantsOf(address: Address | undefined) {
  const session = useReadSession();
  return useQuery({
    queryKey: [...grantsKey(session?.chain.id ?? 0), "grants", address ?? null],
    queryFn: () => {
      if (!session || !address) throw new Error("no account");
      return readGrants(session.chain, address);
    },
    enabled: session !== null && address !== undefined,
  });
}
