import { useId, type ReactNode } from "react";
import { openConnectDialog } from "../lib/dialogs/connect.ts";
import { isKept } from "../lib/errors/kept.ts";
import type { ActionState } from "../lib/session/useAction.ts";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { SignSentence } from "./SignSentence.tsx";
import { TxPhases, type TxPhase, type TxPhasesProps } from "./TxPhases.tsx";

export interface SignedActionProps {
  /** The sentence in the first person that the signature stands for; null before there is one. */
  readonly sentence: ReactNode;
  readonly limit?: ReactNode;
  /** Words of the button: the verb of the sentence. */
  readonly label: string;
  readonly state: ActionState;
  /** Runs the action, again after a failure. */
  readonly onRun: () => void;
  /** Makes the failure go away; the form stays as it is. */
  readonly onReset: () => void;
  /** The phases that the action has. */
  readonly phases: readonly TxPhase[];
  /** What a running phase tells. */
  readonly details?: TxPhasesProps["details"];
  /** Why it cannot be signed yet. */
  readonly blocked?: string | undefined;
  /** Takes something away. */
  readonly stop?: boolean;
  /** More buttons, beside the one that signs. */
  readonly children?: ReactNode;
}

/** What is signed, the button that signs it, how far it is, and what went wrong. */
export function SignedAction(props: SignedActionProps) {
  const { sentence, limit, label, state, onRun, onReset, phases, details, blocked, stop = false, children } = props;
  const why = useId();
  const { phase, running, error } = state;
  const actions = { retry: onRun, signAgain: onRun, back: onReset, connect: () => openConnectDialog() };
  return (
    <div className="d-grid gap-4">
      <SignSentence limit={limit}>{sentence}</SignSentence>
      {error !== null && <ErrorNotice error={error} actions={actions} />}
      {running && phase ? (
        // Until the action tells its first phase, that one is meant.
        <TxPhases
          current={phase === "done" || phases.includes(phase) ? phase : (phases[0] ?? "done")}
          phases={phases}
          {...(details ? { details } : {})}
        />
      ) : (
        <div>
          <div className="ck-actions">
            {!isKept(error) && (
              <button
                type="button"
                className={`btn ${stop ? "btn-stop" : "btn-primary"}`}
                onClick={onRun}
                disabled={blocked !== undefined}
                aria-describedby={blocked === undefined ? undefined : why}
              >
                {label}
              </button>
            )}
            {children}
          </div>
          {blocked !== undefined && (
            <p className="ck-s ck-2 mt-2 mb-0" id={why}>
              {blocked}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
