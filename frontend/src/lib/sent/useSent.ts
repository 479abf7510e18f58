import { type Chain, type SentState, type SentStanding, standingOf } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useConnection } from "wagmi";
import { useChartkeyChain } from "../chain/useChartkeyChain.ts";
import { useAppConfig } from "../config/context.ts";
import { pollingInterval } from "../chain/chain.ts";
import { type LoggedTransaction, noteStanding, useSentLog } from "./log.ts";

/** A transaction of the connected account, and how it stands; `undefined` until the node was asked. */
export interface Sent {
  readonly transaction: LoggedTransaction;
  readonly state: SentState | undefined;
}

/** Keeps what will not change any more, and the nonce, without which nobody can tell later whether it was replaced. */
function keep({ hash, nonce: known }: LoggedTransaction, { state, blockNumber, nonce }: SentStanding): void {
  if (state === "mined" || state === "failed" || state === "replaced")
    noteStanding(hash, { outcome: { state, ...(blockNumber === undefined ? {} : { block: Number(blockNumber) }) } });
  else if (known === undefined && nonce !== undefined) noteStanding(hash, { nonce });
}

async function ask({ client }: Chain, open: readonly LoggedTransaction[]): Promise<Record<string, SentState>> {
  const standings = await Promise.all(
    open.map(async (transaction) => {
      const standing = await standingOf(client, transaction);
      keep(transaction, standing);
      return [transaction.hash, standing.state] as const;
    }),
  );
  return Object.fromEntries(standings);
}

/** What the connected account sent from this browser on this chain, newest first; the node is asked while any of it is open. */
export function useSent() {
  const chain = useChartkeyChain();
  const config = useAppConfig();
  const { address } = useConnection();
  const log = useSentLog();
  const own = log.filter(({ from, chainId }) => from === address && chainId === chain?.id);
  const open = own.filter(({ outcome }) => outcome === undefined);
  const { data, error, refetch } = useQuery({
    queryKey: ["sent", chain?.id, ...open.map(({ hash }) => hash)],
    queryFn: () => ask(chain!, open),
    enabled: chain !== null && open.length > 0,
    refetchInterval: Math.max(1_000, pollingInterval(config)),
    gcTime: 0,
  });
  const sent: Sent[] = own.map((transaction) => ({
    transaction,
    state: transaction.outcome?.state ?? data?.[transaction.hash],
  }));
  return { sent, error, retry: () => void refetch() };
}
