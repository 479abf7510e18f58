import type { Session } from "@chartkey/sdk";
import { ErrorNotice } from "../../components/ErrorNotice.tsx";
import { Loading } from "../../components/Loading.tsx";
import { NewCode } from "./NewCode.tsx";
import { useUnlockWays } from "./useUnlockWays.ts";

export interface TakeOverKeyProps {
  /** Acts for the account that was taken over. */
  readonly session: Session;
  readonly onDone: () => void;
}

/** For a successor: opens the vault that he took over, mostly with its recovery code, and seals it anew to his own wallet. */
export function TakeOverKey({ session, onDone }: TakeOverKeyProps) {
  const { data: ways, error, refetch } = useUnlockWays(session);
  if (ways) return <NewCode session={session} ways={ways} onDone={onDone} takeOver />;
  return error ? <ErrorNotice error={error} form={false} actions={{ retry: () => void refetch() }} /> : <Loading />;
}
