/** What a link to the form carries of who needs access to what, so that the form begins with it. */
export interface Asked {
  readonly doctor: string;
  /** One of those where he is a doctor; any when absent. */
  readonly hospital?: number;
  readonly read: number;
  readonly write: number;
}

/** Reads it from the state of a location; null when it came without. */
export function askedIn(state: unknown): Asked | null {
  if (typeof state !== "object" || state === null || !("request" in state)) return null;
  return state.request as Asked;
}
