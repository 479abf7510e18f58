import type { OnPhase } from "@chartkey/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, type ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Address } from "viem";
import { SignedAction } from "../../components/SignedAction.tsx";
import { actingKey } from "../../lib/acting/useTies.ts";
import { shortHex } from "../../lib/format/address.ts";
import { GAP } from "../../lib/format/gap.ts";
import { required } from "../../lib/session/required.ts";
import { useSession } from "../../lib/session/session.ts";
import { useAction } from "../../lib/session/useAction.ts";
import { takeStep, type Step } from "./steps.ts";

const phases = ["confirming", "mining"] as const;

export interface StepActionProps {
  readonly kind: Step["kind"];
  readonly account: Address;
  /** Null while something is missing, which `blocked` says. */
  readonly step: Step | null;
  readonly blocked?: string | undefined;
  readonly onDone?: () => void;
  readonly children?: ReactNode;
}

/** The sentence and the button of a step on the way to a successor. */
export function StepAction({ kind, account, step, blocked, onDone, children }: StepActionProps) {
  const { t } = useTranslation("succession");
  const session = useSession();
  const client = useQueryClient();
  const action = useAction(
    useCallback(
      async (onPhase: OnPhase, next: Step) => {
        const acting = required(session);
        const refresh = () => client.invalidateQueries({ queryKey: actingKey(acting.chain.id) });
        await takeStep(acting, next, onPhase).finally(refresh);
      },
      [client, session],
    ),
  );
  async function take() {
    if (step && (await action.run(step))) onDone?.();
  }
  const values = {
    account: shortHex(account),
    other: step && "other" in step ? shortHex(step.other) : GAP,
  };
  return (
    <SignedAction
      sentence={<Trans t={t} i18nKey={`${kind}.sentence`} values={values} components={{ b: <strong /> }} />}
      limit={t(`${kind}.limit`)}
      label={t(`${kind}.sign`)}
      state={action}
      onRun={() => void take()}
      onReset={action.reset}
      phases={phases}
      blocked={blocked}
      stop={kind === "veto"}
    >
      {children}
    </SignedAction>
  );
}
