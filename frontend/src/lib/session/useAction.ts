import type { OnPhase, Phase } from "@chartkey/sdk";
import { useCallback, useState } from "react";

/** Where an action stands. */
export interface ActionState {
  /** The running phase, "done" after success, or null before the first run. */
  readonly phase: Phase | null;
  readonly running: boolean;
  readonly error: unknown;
}

const idle: ActionState = { phase: null, running: false, error: null };

/**
 * Runs an action of the sdk and tells its phases. What the person filled in stays where it is when it fails; running again is safe.
 * @returns the state, `run` (resolves to whether it succeeded) and `reset`.
 */
export function useAction<Arguments extends unknown[]>(
  action: (onPhase: OnPhase, ...rest: Arguments) => Promise<void>,
) {
  const [state, setState] = useState<ActionState>(idle);
  const run = useCallback(
    async (...rest: Arguments): Promise<boolean> => {
      setState({ phase: "checking", running: true, error: null });
      try {
        // What is mined may have more to do: files to remove, lists to read again.
        await action((phase) => setState({ phase, running: true, error: null }), ...rest);
        setState({ phase: "done", running: false, error: null });
        return true;
      } catch (error) {
        setState(({ phase }) => ({ phase, running: false, error }));
        return false;
      }
    },
    [action],
  );
  return { ...state, run, reset: useCallback(() => setState(idle), []) };
}
