/** How far something is, how fast it goes, and how long it still takes. */
export interface Paced {
  readonly done: number;
  readonly total: number;
  /** Things a second, since it began; undefined before anything was done. */
  readonly rate?: number;
  /** Whole seconds, rounded up; undefined while nobody can say. */
  readonly secondsLeft?: number;
}

/** Milliseconds before a speed is told: the first moments tell little. */
const SETTLED = 1_000;

/** Watches something from its beginning on. */
export class Pace {
  readonly #now: () => number;
  readonly #began: number;

  /** @param now milliseconds of a clock that does not jump */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  at(done: number, total: number): Paced {
    const milliseconds = this.#now() - this.#began;
    if (done <= 0 || milliseconds < SETTLED) return { done, total };
    const rate = (1000 * done) / milliseconds;
    return { done, total, rate, secondsLeft: Math.ceil(Math.max(0, total - done) / rate) };
  }
}
