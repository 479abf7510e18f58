import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCREENS } from "../screens/catalogue.ts";
import { type Screen, nameOf } from "../screens/screen.ts";
import { setStage } from "../screens/stage.ts";
import { settle, walk } from "../screens/walk.ts";
import { cutWords, focusFaults, overflow, violations } from "./support/accessibility.ts";
import type { Person } from "./support/person.ts";
import { type System, startSystem } from "./support/system.ts";

/** Every screen against WCAG 2.2 A and AA: light and dark on a desk, and on a narrow telephone, there by Tab as well. */

const PATIENCE = 1_200_000;
const DESK = { width: 1280, height: 900 };
const NARROW = 360;

let system: System;
const found = new Map<string, string[]>();

async function inspect({ overlay: within }: Screen, person: Person): Promise<string[]> {
  const { page } = person;
  const after = async (change: Promise<void>) => {
    await change;
    await settle(person);
  };
  const said = (where: string, faults: string[]) => faults.map((fault) => `${where}: ${fault}`);
  const light = await violations(page, { within });
  await after(page.emulateMedia({ colorScheme: "dark" }));
  const dark = await violations(page, { colours: true, within });
  await page.emulateMedia({ colorScheme: "light" });
  // So high that no bar lies over what one can scroll to.
  await after(page.setViewportSize({ width: NARROW, height: 4_000 }));
  const narrow = await violations(page, { within });
  const wider = await overflow(page);
  const cut = await cutWords(page);
  await after(page.setViewportSize({ width: NARROW, height: 640 }));
  const focus = await focusFaults(page);
  await page.setViewportSize(DESK);
  return [
    ...said("light", light),
    ...said("dark", dark),
    ...said("narrow", narrow),
    ...said("narrow", wider > 0 ? [`the page is ${wider} px wider than ${NARROW}`] : []),
    ...said("narrow", cut),
    ...said("by Tab", focus),
  ];
}

beforeAll(async () => {
  system = await startSystem();
  const { stack, browser, appUrl } = system;
  const stage = await setStage(stack);
  await walk(
    SCREENS,
    { browser, appUrl, rpcUrl: stack.rpcUrl, stage },
    {
      look: async (screen, person) => void found.set(nameOf(screen), await inspect(screen, person)),
      fail: async (screen, error, { page }) => {
        found.set(nameOf(screen), [`not reached: ${String(error)}`]);
        await system.screenshot(page, `failed-${nameOf(screen)}`);
        await page.setViewportSize(DESK);
      },
    },
  );
}, PATIENCE);
afterAll(async () => system?.close());

describe("WCAG 2.2 AA", () => {
  it.each(SCREENS.map(nameOf))("holds for %s", (name) => {
    expect(found.get(name)).toEqual([]);
  });
});
