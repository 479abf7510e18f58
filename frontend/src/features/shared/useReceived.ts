import { openShare, type AnchoredEntry, type UnlockedSession } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { ContentReader } from "../../lib/chart/ContentReader.ts";
import { itemsOf, type ChartItem } from "../../lib/chart/items.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";

/** An entry that somebody shared with the account, opened. */
export interface Received {
  readonly entry: AnchoredEntry;
  readonly items: readonly ChartItem[];
}

async function receive(session: UnlockedSession, text: string): Promise<Received> {
  const { entry, record } = await openShare(session, text.trim());
  const reader = new ContentReader();
  try {
    return { entry, items: itemsOf(entry, record, await reader.contentOf(record)) };
  } finally {
    reader.close();
  }
}

const keyOf = ({ items }: Received) => items[0]?.key;

/** What was opened since the key was unlocked, newest first, and how to open one more. The texts themselves are not kept. */
export function useReceived() {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const { chain, wallet } = session ?? {};
  const [chainId, reader] = [chain?.id ?? 0, wallet?.account.address ?? null];
  const queryKey = ["received", chainId, reader] as const;
  const { data = [] } = useQuery<readonly Received[]>({
    queryKey,
    queryFn: () => client.getQueryData<readonly Received[]>(queryKey) ?? [],
    enabled: session !== null,
    staleTime: Infinity,
    structuralSharing: false,
    ...plaintext,
  });
  const open = useCallback(
    async (text: string) => {
      const received = await receive(required(session), text);
      client.setQueryData<readonly Received[]>(["received", chainId, reader], (before = []) => [
        received,
        ...before.filter((other) => keyOf(other) !== keyOf(received)),
      ]);
    },
    [chainId, client, reader, session],
  );
  return { received: data, open };
}
