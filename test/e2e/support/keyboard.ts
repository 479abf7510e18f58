import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Person } from "./person.ts";

/** More than any page has to Tab through. */
const MANY_STOPS = 200;

const holdsFocus = (target: Locator) => target.evaluate((element) => element.contains(document.activeElement));

/** Tabs to what can be used there; fails when no Tab leads to it. */
export async function reach({ page }: Person, target: Locator): Promise<void> {
  await expect.poll(() => target.isEnabled()).toBe(true);
  for (let presses = 0; presses < MANY_STOPS; presses += 1) {
    if (await holdsFocus(target)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${String(target)}`);
}

type Role = "button" | "link";

/** Tabs to a button or link and uses it. */
export async function use(
  person: Person,
  role: Role,
  name: string | RegExp,
  key: "Enter" | "Space" = "Enter",
): Promise<void> {
  await reach(person, person.page.getByRole(role, { name, exact: typeof name === "string" }).first());
  await person.page.keyboard.press(key);
}

/** Tabs to a field and writes into it, or pastes. */
export async function write(person: Person, label: string, text: string): Promise<void> {
  await reach(person, person.page.getByLabel(label, { exact: true }));
  await person.page.keyboard.insertText(text);
}

/** Tabs to a list or a group of choices and goes on by arrows. */
export async function move(person: Person, choices: Locator, arrow: "ArrowDown" | "ArrowUp"): Promise<void> {
  await reach(person, choices);
  await person.page.keyboard.press(arrow);
}
