/** Runs operations on one thing one after another; those on different things run side by side. */
export class Turns {
  readonly #turns = new Map<string, Promise<unknown>>();

  /** Settles with the operation that has its turn on a thing; at once when there is none. */
  async last(key: string): Promise<void> {
    await this.#turns.get(key)?.catch(() => undefined);
  }

  /** Throws what the operation throws. */
  async take<T>(key: string, operation: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(operation);
    this.#turns.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    }
  }
}
