import { describe, expect, it } from "vitest";
import { Together } from "../../src/storage/together.ts";

const upTo = (most: number) => (group: readonly number[]) => group.length < most;

describe("requests that are made together", () => {
  it("are what is asked for in one turn, at most so many, each with its own answer", async () => {
    const groups: number[][] = [];
    const doubled = new Together<number, number>(async (items) => {
      groups.push([...items]);
      return items.map((item) => (item === 3 ? undefined : 2 * item));
    }, upTo(4));
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((item) => doubled.ask(item)));
    expect(groups).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
    expect(answers).toEqual([2, 4, undefined, 8, 10, 12]);
  });

  it("are no group of one: who is alone asks alone", async () => {
    const asked: (readonly number[])[] = [];
    const one = new Together<number, number>(async (items) => {
      asked.push(items);
      return items;
    }, upTo(4));
    expect(await one.ask(7)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it("leave out who does not fit, and take him with the next", async () => {
    const groups: number[][] = [];
    const sameParity = new Together<number, number>(
      async (items) => {
        groups.push([...items]);
        return items;
      },
      ([first], next) => first! % 2 === next % 2,
    );
    expect(await Promise.all([1, 2, 3, 4].map((item) => sameParity.ask(item)))).toEqual([1, 2, 3, 4]);
    expect(groups).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it("are three at a time, and fail for those alone who are in them", async () => {
    let running = 0;
    let most = 0;
    const some = new Together<number, number>(async (items) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (items.includes(4)) throw new Error("refused");
      return items;
    }, upTo(2));
    const settled = await Promise.allSettled(Array.from({ length: 12 }, (_, item) => some.ask(item)));
    expect(settled.flatMap(({ status }, item) => (status === "rejected" ? [item] : []))).toEqual([4, 5]);
    expect(most).toBe(3);
  });
});
