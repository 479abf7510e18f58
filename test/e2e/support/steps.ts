import type { Page } from "playwright-core";
import type { Person } from "./system.ts";

/** Steps that every role takes. They find things as people do: by what is written on them. */

const main = (page: Page) => page.getByRole("main");

export async function connect({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.getByRole("button", { name: "Use Test Wallet" }).click();
  await page.getByRole("button", { name: "Switch role or account" }).waitFor();
}

/** Goes to a page inside the app, without loading it again: that would lock the key. */
export async function go({ page }: Person, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

/** Makes a key: two signatures, the recovery code copied from the screen and its last group typed, one transaction. */
export async function makeKey({ page }: Person): Promise<string> {
  await page.getByRole("button", { name: "Create my key" }).click();
  const code = await page
    .getByText(/^([0-9A-Z]{4}[\s-]*){8}$/)
    .first()
    .innerText();
  await page.getByRole("button", { name: "I wrote it down" }).click();
  await page.getByLabel("Last group of the recovery code").fill(code.replaceAll(/[^0-9A-Z]/g, "").slice(-4));
  await page.getByRole("button", { name: "Publish my key" }).click();
  await page.getByRole("button", { name: "Publish my key" }).waitFor({ state: "detached" });
  return code;
}

export async function fill({ page }: Person, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await main(page).getByLabel(label, { exact: true }).fill(value);
}

export async function choose({ page }: Person, label: string, option: string | RegExp): Promise<void> {
  const select = main(page).getByLabel(label, { exact: true });
  const text =
    typeof option === "string" ? option : await select.getByRole("option", { name: option }).first().innerText();
  await select.selectOption({ label: text });
}

export async function press({ page }: Person, name: string | RegExp): Promise<void> {
  await page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
}

export async function follow({ page }: Person, name: string | RegExp): Promise<void> {
  await page
    .getByRole("link", { name, exact: typeof name === "string" })
    .first()
    .click();
}

/** Waits until the page says something. */
export async function sees({ page }: Person, text: string | RegExp): Promise<void> {
  await main(page).getByText(text).first().waitFor();
}

/** Opens a page, and the key before it when it is still locked. */
export async function unlocked(person: Person, path: string, text: string | RegExp): Promise<void> {
  await go(person, path);
  const { page } = person;
  const button = page.getByRole("button", { name: "Unlock", exact: true });
  await Promise.race([sees(person, text), button.waitFor()]);
  if (await button.isVisible()) await button.click();
  await sees(person, text);
}
