import { type Carrier, ChartkeyError, Outbox, type UnlockedSession } from "@chartkey/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Hex } from "viem";
import { errorCode } from "../errors/code.ts";
import { ENTRY_KEPT } from "../errors/kept.ts";
import { browserKeeper } from "./browser-keeper.ts";
import { plaintext } from "./plaintext.ts";
import { required } from "./required.ts";
import { useUnlockedSession } from "./session.ts";
import { ownerOf } from "./vault.ts";

/** Milliseconds between two looks at entries that wait. */
const REFRESH = 15_000;

/** Key of what waits, for `invalidateQueries` after something was sent or given up. */
export const waitingKey = ["waiting"] as const;

/** Payloads that this page is publishing: they do not wait for anybody yet. */
const underWay = new Set<Hex>();

/** What the account of a session wrote and this browser keeps. */
export function outboxOf({ vault }: UnlockedSession): Outbox {
  return new Outbox(browserKeeper, vault);
}

function entryKept(cause: unknown): ChartkeyError {
  const message =
    "This entry was not brought into the chart. It is kept, sealed, in this browser: send it again from the waiting entries, or give it up there.";
  return new ChartkeyError(ENTRY_KEPT, message, { cause });
}

/**
 * Carries by the outbox. What was declined, or could not be kept up to its sending, is given up, since its form is still there; anything
 * else that fails is `ENTRY_KEPT`.
 */
export function keepingCarrier(outbox: Outbox, onChange: () => void): Carrier {
  return {
    async carry(session, parcel, progress) {
      const { digest } = parcel.payload;
      underWay.add(digest);
      try {
        return await outbox.carry(session, parcel, progress);
      } catch (cause) {
        const { code } = errorCode(cause);
        const isUnavailable = code === "OUTBOX_UNAVAILABLE";
        const forget = () =>
          outbox
            .discard(session, digest)
            .then(() => true)
            .catch(() => isUnavailable);
        if ((isUnavailable || code === "WALLET_REJECTED") && (await forget())) throw cause;
        throw entryKept(cause);
      } finally {
        underWay.delete(digest);
        onChange();
      }
    },
  };
}

/** The unlocked session for what is written into charts: what cannot be sent is kept in this browser. Null while locked. */
export function useWritingSession(): UnlockedSession | null {
  const session = useUnlockedSession();
  const client = useQueryClient();
  return useMemo(() => {
    if (!session) return null;
    const onChange = () => void client.invalidateQueries({ queryKey: waitingKey });
    return { ...session, outbox: keepingCarrier(outboxOf(session), onChange) };
  }, [client, session]);
}

/** The account's entries that are not for certain in their charts, oldest first; idle while locked. */
export function useWaiting() {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [...waitingKey, session && ownerOf(session)],
    queryFn: async () => {
      const { drafts } = await outboxOf(required(session)).list(required(session));
      return drafts.filter(({ id }) => !underWay.has(id));
    },
    enabled: session !== null,
    refetchInterval: ({ state }) => (state.data?.length ? REFRESH : false),
    ...plaintext,
  });
}
