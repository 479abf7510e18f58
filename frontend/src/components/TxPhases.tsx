import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

/** The steps of everything that ends on the chain, in order. */
export const txPhases = ["checking", "encrypting", "uploading", "confirming", "mining", "readable"] as const;

export type TxPhase = (typeof txPhases)[number];

export interface TxPhasesProps {
  /** The phase that is running, or "done". */
  readonly current: TxPhase | "done";
  /** The phases that this action has; all of them when left out. */
  readonly phases?: readonly TxPhase[];
  /** Words for a phase other than the usual ones, such as "Readable by Dr Okafor". */
  readonly labels?: Partial<Record<TxPhase, ReactNode>>;
  /** What a phase found or waits for. */
  readonly details?: Partial<Record<TxPhase, ReactNode>>;
}

/** Where an action stands, in numbered phases. A live region says each new phase once. */
export function TxPhases({ current, phases = txPhases, labels = {}, details = {} }: TxPhasesProps) {
  const { t } = useTranslation();
  const at = current === "done" ? phases.length : phases.indexOf(current);
  const state = (index: number) => (index < at ? "done" : index === at ? "now" : "next");
  const word = (phase: TxPhase, index: number) => labels[phase] ?? t(`phase.${phase}.${state(index)}`);
  const running = phases[at];

  return (
    <div>
      <p className="visually-hidden" role="status">
        {running
          ? t("phase.progress", { number: at + 1, count: phases.length, phase: t(`phase.${running}.now`) })
          : t("phase.done")}
      </p>
      <ol className="ck-phases">
        {phases.map((phase, index) => (
          <li key={phase} className={`is-${state(index)}`} aria-current={index === at ? "step" : undefined}>
            <span className="ck-n">{index < at && <Icon name="check" />}</span>
            <span>
              <strong>
                {word(phase, index)}
                {index < at && <span className="visually-hidden"> {t("phase.finished")}</span>}
              </strong>
              {details[phase] && <small>{details[phase]}</small>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
