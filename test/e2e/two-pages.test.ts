import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { type Person, type System, startSystem } from "./support/system.ts";

/** Two pages of one browser with the development wallet, whose account they share as they share that of any wallet. */

let system: System;
let patient: Person;
let second: Page;

beforeAll(async () => {
  system = await startSystem();
  await unlockedActor(system.stack, 3);
  patient = await system.open();
}, 300_000);
afterAll(async () => system?.close());

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await system.screenshot(patient.page, "failed-two-pages");
});

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const menuOf = (page: Page) => page.getByRole("button", { name: "Switch role or account" });

it("O15 a page locks and shows the new account when another page of the browser switches it", async () => {
  const { page } = patient;
  await page.goto(`${system.appUrl}/key`);
  await press(page, "Connect");
  await press(page, "Use the development wallet");
  await press(page, "Use Patient");
  await press(page, "Unlock");
  for (const window of ["Sign this message?", "Sign this?"]) {
    const dialog = page.getByRole("dialog", { name: window });
    await dialog.getByRole("button", { name: "Sign" }).click();
    await dialog.waitFor({ state: "detached" });
  }
  await page.getByRole("heading", { name: "Ways to open your records" }).waitFor();

  second = await page.context().newPage();
  await second.goto(system.appUrl);
  await menuOf(second).click();
  await press(second, "Use another account");
  await press(second, "Use Doctor");
  await second.getByRole("dialog").waitFor({ state: "detached" });

  await page.getByRole("heading", { name: "Make your key" }).waitFor();
  expect(await menuOf(page).innerText()).toBe(await menuOf(second).innerText());
  expect(patient.errors).toEqual([]);
});
