import { queryOptions } from "@tanstack/react-query";
import { readHospitals, readIsAuditor, readTallies, sameAddress, type ReadSession } from "@chartkey/sdk";
import type { Address } from "viem";
import { contractAt, type ContractName } from "../../lib/chain/contracts.ts";
import { readStandings } from "../../lib/roles/read.ts";
import { onChain } from "./onChain.ts";

/** Which contract of the system stands at an address; a hospital's own with its number. */
export interface KnownContract {
  readonly name: ContractName;
  readonly hospital: number | null;
}

async function identify(session: ReadSession, address: Address): Promise<KnownContract | null> {
  const name = contractAt(session.chain.deployment, address);
  if (name) return { name, hospital: null };
  const hospital = (await readHospitals(session.chain)).find((each) => sameAddress(each.address, address));
  return hospital ? { name: "Hospital", hospital: hospital.id } : null;
}

/** Which contract of the system stands at an address; null for any other address. */
export function contractQuery(session: ReadSession | null, address: Address) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "contract", address.toLowerCase()],
    queryFn: () => identify(onChain(session), address),
  });
}

/** What the chain says of an account to everybody: its standings, and whether the registrar admitted it as auditor. */
export function rolesQuery(session: ReadSession | null, account: Address) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "roles", account.toLowerCase()],
    queryFn: async () => {
      const { chain } = onChain(session);
      const [standings, auditor] = await Promise.all([readStandings(chain, account), readIsAuditor(chain, account)]);
      return { standings, auditor };
    },
  });
}

/** How often records, grants and emergency accesses happened, as of a block. */
export function talliesQuery(session: ReadSession | null, block: bigint) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "tallies", block],
    queryFn: () => readTallies(onChain(session).chain, block),
    staleTime: Infinity,
  });
}
