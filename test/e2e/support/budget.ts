import { expect } from "vitest";
import type { Person } from "./system.ts";

/** What a task may take: presses of the pointer, a choice in a list counting as one, and signatures of the wallet. */
export interface Budget {
  clicks: number;
  signatures: number;
}

/** Does a task that loads no page anew, and holds what it took against its budget. */
export async function within(person: Person, budget: Budget, task: () => Promise<void>): Promise<void> {
  const { page, wallet } = person;
  const before = wallet?.asked.length ?? 0;
  await page.evaluate(() => {
    const count = () => void (document.documentElement.dataset["pressed"] = String(pressed() + 1));
    const pressed = () => Number(document.documentElement.dataset["pressed"] ?? 0);
    if (document.documentElement.dataset["pressed"] === undefined) {
      addEventListener("pointerdown", count, true);
      addEventListener("change", ({ target }) => target instanceof HTMLSelectElement && count(), true);
    }
    document.documentElement.dataset["pressed"] = "0";
  });
  await task();
  const clicks = await page.evaluate(() => Number(document.documentElement.dataset["pressed"]));
  expect(clicks, "clicks").toBeGreaterThan(0);
  expect(clicks, "clicks").toBeLessThanOrEqual(budget.clicks);
  expect((wallet?.asked.length ?? 0) - before, "signatures").toBe(budget.signatures);
}
