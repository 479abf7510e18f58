import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { faultsOfFocus } from "./accessibility.ts";
import type { Person } from "./person.ts";

/** More than any page has to Tab through. */
const MANY_STOPS = 200;

const holdsFocus = (target: Locator) => target.evaluate((element) => element.contains(document.activeElement));

/** Tabs to what can be used there; fails when no Tab leads to it, or it cannot be seen that it has the focus. */
export async function reach({ page }: Person, target: Locator): Promise<void> {
  await expect.poll(() => target.isEnabled()).toBe(true);
  for (let presses = 0; presses < MANY_STOPS; presses += 1) {
    if (await holdsFocus(target)) return expect.poll(() => faultsOfFocus(page)).toEqual([]);
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

/** Tabs to a list and goes down until something is chosen. */
export async function pick(person: Person, list: Locator, option: string): Promise<void> {
  await reach(person, list);
  const chosen = () => list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label);
  for (let presses = 0; presses < MANY_STOPS; presses += 1) {
    if ((await chosen()) === option) return;
    await person.page.keyboard.press("ArrowDown");
  }
  throw new Error(`No ArrowDown leads to ${option}`);
}

/** Tabs to a field for a file, opens the browser's own dialog, and chooses there. */
export async function chooseFile(person: Person, field: Locator, path: string): Promise<void> {
  // Waited for first: until the browser has heard of it, a dialog opens unseen and closes.
  const dialog = person.page.waitForEvent("filechooser");
  dialog.catch(() => undefined);
  await reach(person, field);
  await person.page.keyboard.press("Enter");
  await (await dialog).setFiles(path);
}
