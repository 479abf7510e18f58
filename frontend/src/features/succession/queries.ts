import {
  readActor,
  readProposal,
  readProposalsTo,
  readRecoveredBy,
  readRecovery,
  readSuccessionDelay,
} from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { actingKey } from "../../lib/acting/useTies.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession } from "../../lib/session/session.ts";

/** The other side may propose, veto or accept while the page is open. */
const REFRESH = 5_000;

/** Recovery address, waiting proposal and delay (seconds) of an account. */
export function useSuccession(account: Address | undefined) {
  const session = useReadSession();
  return useQuery({
    queryKey: [...actingKey(session?.chain.id ?? 0), "succession", account ?? null],
    queryFn: async () => {
      const { chain } = required(session);
      if (!account) throw new Error("no account");
      const [actor, recovery, proposal, delay] = await Promise.all([
        readActor(chain, account),
        readRecovery(chain, account),
        readProposal(chain, account),
        readSuccessionDelay(chain),
      ]);
      return { actor, recovery, proposal, delay };
    },
    enabled: session !== null && account !== undefined,
    refetchInterval: REFRESH,
  });
}

/** Accounts that propose the connected wallet as their successor, and those whose recovery address it is. */
export function useOffered() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: [...actingKey(session?.chain.id ?? 0), "offered", address ?? null],
    queryFn: async () => {
      const { chain } = required(session);
      if (!address) throw new Error("no account");
      const [proposed, recovered] = await Promise.all([
        readProposalsTo(chain, address),
        readRecoveredBy(chain, address),
      ]);
      return { proposed, recovered };
    },
    enabled: session !== null && address !== undefined,
    refetchInterval: REFRESH,
  });
}
