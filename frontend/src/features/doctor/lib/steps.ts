import { mayMove, type Visit, type VisitStep } from "@chartkey/sdk";

/** What a doctor does with a visit. */
export type DoctorStep = VisitStep | "markNoShow" | "cancel";

/** What a doctor may do with a visit in each state; the last one is the usual one. */
const steps: Readonly<Partial<Record<Visit["state"], readonly DoctorStep[]>>> = {
  requested: ["decline", "confirm"],
  confirmed: ["cancel", "markNoShow", "start"],
  started: ["complete"],
};

/** What the contract would let the doctor do now. He may cancel at any time, the patient only before the visit. */
export function stepsAt(visit: Visit, now: number): readonly DoctorStep[] {
  return (steps[visit.state] ?? []).filter((step) => step === "cancel" || mayMove(visit, step, now));
}
