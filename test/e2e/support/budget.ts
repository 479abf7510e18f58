import { expect } from "vitest";
import { BUDGETS, type Budget, type BudgetName } from "../../paper/budgets.ts";
import type { Person } from "./system.ts";

/** Does a task that loads no page anew, and holds what it took against its budget: one of the paper's list, or its own. */
export async function within(person: Person, allowed: BudgetName | Budget, task: () => Promise<void>): Promise<void> {
  const budget: Budget = typeof allowed === "string" ? BUDGETS[allowed] : allowed;
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
