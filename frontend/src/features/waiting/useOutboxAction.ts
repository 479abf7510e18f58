import type { OnPhase, Outbox, UnlockedSession } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useRefreshChart } from "../../lib/chart/useChart.ts";
import { outboxOf, waitingKey } from "../../lib/session/outbox.ts";
import { required } from "../../lib/session/required.ts";
import { useUnlockedSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";

/** Does something with the outbox, and has charts and the list read again, whatever came of it. */
export function useOutboxAction(
  act: (outbox: Outbox, session: UnlockedSession, onPhase: OnPhase) => Promise<unknown>,
  onDone: () => void,
) {
  const session = useUnlockedSession();
  const client = useQueryClient();
  const refresh = useRefreshChart();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase) => {
        const unlocked = required(session);
        await act(outboxOf(unlocked), unlocked, onPhase).finally(() =>
          Promise.all([client.invalidateQueries({ queryKey: waitingKey }), refresh()]),
        );
      },
      [act, client, refresh, session],
    ),
  );
  return {
    ...action,
    run: async () => {
      if (await action.run()) onDone();
    },
  };
}
