import type { Visit } from "./visits.ts";

/** The times of contracts/libraries/VisitRule.sol, in seconds. */
export const VISIT_TIMES = {
  /** A patient who cancels a confirmed visit later than this before it begins pays half; he may move it until then. */
  freeCancel: 24 * 3600,
  /** A visit that is confirmed later than this before it begins is a hurried one: free to leave until it begins. */
  notice: 25 * 3600,
  /** A doctor may begin this much early, but not a hurried visit. */
  earlyStart: 3600,
  /** A patient who is this late was missed. */
  patience: 15 * 60,
  /** A confirmed visit that was not begun until then has expired. */
  startWindow: 24 * 3600,
  /** A visit that was begun and not completed until then counts as completed. */
  completeWindow: 7 * 86_400,
} as const;

/** What can become of a visit. */
export type VisitMove =
  "confirm" | "decline" | "start" | "complete" | "markNoShow" | "cancel" | "reschedule" | "expire";

/** Seconds in which a move is allowed: from the first of them until before the second. */
type Window = readonly [from: number, until: number];

const ALWAYS: Window = [0, Infinity];

/** When a move is allowed, by the state of the visit, given when it begins. `cancel` is the patient's: the doctor always may. */
const WINDOWS: Readonly<
  Partial<Record<Visit["state"], Partial<Record<VisitMove, (begin: number, hurried: boolean) => Window>>>>
> = {
  requested: {
    confirm: (begin) => [0, begin],
    decline: () => ALWAYS,
    cancel: () => ALWAYS,
    reschedule: (begin) => [0, begin],
    expire: (begin) => [begin, Infinity],
  },
  confirmed: {
    start: (begin, hurried) => [hurried ? begin : begin - VISIT_TIMES.earlyStart, begin + VISIT_TIMES.startWindow],
    markNoShow: (begin) => [begin + VISIT_TIMES.patience, begin + VISIT_TIMES.startWindow],
    cancel: (begin) => [0, begin],
    reschedule: (begin, hurried) => [0, hurried ? begin : begin - VISIT_TIMES.freeCancel + 1],
    expire: (begin) => [begin + VISIT_TIMES.startWindow, Infinity],
  },
  started: {
    complete: (begin) => [begin, Infinity],
    expire: (begin) => [begin + VISIT_TIMES.completeWindow, Infinity],
  },
};

/** Whether the contract would allow a move at a time in Unix seconds, whoever of those entitled to it makes it. */
export function mayMove(
  { state, start, hurried }: Pick<Visit, "state" | "start" | "hurried">,
  move: VisitMove,
  now: number,
): boolean {
  const window = WINDOWS[state]?.[move]?.(start, hurried);
  return window !== undefined && now >= window[0] && now < window[1];
}

/**
 * What it costs the patient to cancel a visit at a time in Unix seconds, in gwei; the rest of the fee comes back. Nothing either when the
 * doctor is no longer active at the hospital or the patient is suspended there, which is not looked at here.
 */
export function cancellationCost(
  { state, start, hurried, feeGwei }: Pick<Visit, "state" | "start" | "hurried" | "feeGwei">,
  now: number,
): bigint {
  const late = state === "confirmed" && now + VISIT_TIMES.freeCancel > start;
  return late && !hurried ? feeGwei / 2n : 0n;
}
