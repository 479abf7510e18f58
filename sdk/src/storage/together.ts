/** Groups under way at the same time: while one is on the wire, the next is signed and the last one opened. */
const PARALLEL = 3;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly answer: (answer: Answer | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Asks in groups what callers ask for one by one at about the same time: a thousand small requests cost a store and a browser far more than
 * a few larger ones. Who is alone is not made to wait for others.
 */
export class Together<Item, Answer> {
  readonly #ask: (items: readonly Item[]) => Promise<readonly (Answer | undefined)[]>;
  readonly #fits: (group: readonly Item[], next: Item) => boolean;
  #waiting: Waiting<Item, Answer>[] = [];
  #running = 0;
  #isDue = false;

  /**
   * @param ask answers items in their order; what it leaves undefined has to be asked for alone; what it throws is everybody's
   * @param fits whether an item may join a group, which is never empty
   */
  constructor(
    ask: (items: readonly Item[]) => Promise<readonly (Answer | undefined)[]>,
    fits: (group: readonly Item[], next: Item) => boolean,
  ) {
    this.#ask = ask;
    this.#fits = fits;
  }

  /** The answer to an item out of a group's; undefined when it has to be asked for alone. */
  ask(item: Item): Promise<Answer | undefined> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ item, answer, fail });
      if (this.#isDue) return;
      this.#isDue = true;
      // Until then, who asks in the same turn has joined.
      setTimeout(() => {
        this.#isDue = false;
        this.#begin();
      });
    });
  }

  #begin(): void {
    while (this.#running < PARALLEL && this.#waiting.length > 0) {
      const group = this.#take();
      if (group.length === 1) group[0]!.answer(undefined);
      else void this.#askFor(group);
    }
  }

  #take(): Waiting<Item, Answer>[] {
    const [first, ...others] = this.#waiting;
    const group = [first!];
    const items = [first!.item];
    this.#waiting = others.filter((next) => {
      if (!this.#fits(items, next.item)) return true;
      group.push(next);
      items.push(next.item);
      return false;
    });
    return group;
  }

  async #askFor(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    this.#running++;
    try {
      const answers = await this.#ask(group.map(({ item }) => item));
      for (const [place, { answer }] of group.entries()) answer(answers[place]);
    } catch (error) {
      for (const { fail } of group) fail(error);
    } finally {
      this.#running--;
      this.#begin();
    }
  }
}
