import type { ReactNode } from "react";
import { Icon } from "../../components/Icon.tsx";

interface DayStepperProps {
  readonly previous: string;
  readonly current: string;
  readonly next: string;
  /** Goes back by one, to now, on by one. */
  readonly onStep: (step: -1 | 0 | 1) => void;
  readonly children: ReactNode;
}

/** Goes from one day or week to the next, and to the other view of the calendar. */
export function DayStepper({ previous, current, next, onStep, children }: DayStepperProps) {
  return (
    <div className="ck-actions">
      {children}
      <button type="button" className="btn btn-plain" onClick={() => onStep(-1)}>
        <Icon name="chevronLeft" directional />
        <span className="visually-hidden">{previous}</span>
      </button>
      <button type="button" className="btn btn-plain" onClick={() => onStep(0)}>
        {current}
      </button>
      <button type="button" className="btn btn-plain" onClick={() => onStep(1)}>
        <Icon name="chevronRight" directional />
        <span className="visually-hidden">{next}</span>
      </button>
    </div>
  );
}
