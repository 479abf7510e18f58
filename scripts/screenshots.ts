/** `npm run screenshots`: a picture of every screen, as each role sees it, in every look. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "../test/e2e/support/browser.ts";
import type { Person } from "../test/e2e/support/person.ts";
import { SCREENS } from "../test/screens/catalogue.ts";
import { type Screen, nameOf } from "../test/screens/screen.ts";
import { setStage } from "../test/screens/stage.ts";
import { settle, walk } from "../test/screens/walk.ts";
import { buildApp, serveApp } from "./lib/app.ts";
import { ROOT } from "./lib/settings.ts";
import { LOCAL_CHAIN_ID, type Stack, startStack } from "./lib/stack.ts";

/** Git-ignored. */
const FOLDER = join(ROOT, "test-results/screens");
const DESK = { width: 1280, height: 900 };
/** Grows with its page: bars that stick to the window would lie across a longer picture. */
const TELEPHONE = { width: 360, height: 800 };

const HELP = `npm run screenshots [-- words]

  Takes a picture of every screen, or of those with one of the words in their names: light, dark, on a telephone of 360 px, and in
  Arabic. They are named by role, place and state, in test-results/screens. Chain, store and app are its own, on free ports.`;

const say = (message: string) => console.log(message);

/** Chooses a language in the menu of the header, also behind an open dialog. */
async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate(() =>
    document.querySelector<HTMLElement>(".ck-top-end > .ck-menu:last-of-type > button")?.click(),
  );
  await page.locator(`.ck-menu button[lang="${language}"]`).dispatchEvent("click");
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** How a screen is looked at, and how one comes back from it. */
const LOOKS: Record<string, { begin(page: Page): Promise<void>; end(page: Page): Promise<void> }> = {
  light: { begin: async () => {}, end: async () => {} },
  dark: {
    begin: (page) => page.emulateMedia({ colorScheme: "dark" }),
    end: (page) => page.emulateMedia({ colorScheme: "light" }),
  },
  narrow: {
    begin: async (page) => {
      await page.setViewportSize(TELEPHONE);
      const length = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ ...TELEPHONE, height: Math.max(TELEPHONE.height, length) });
    },
    end: (page) => page.setViewportSize(DESK),
  },
  arabic: { begin: (page) => speak(page, "ar"), end: (page) => speak(page, "en") },
};

async function photograph(screen: Screen, person: Person): Promise<void> {
  for (const [look, { begin, end }] of Object.entries(LOOKS)) {
    await begin(person.page);
    await settle(person);
    await person.page.screenshot({ path: join(FOLDER, `${nameOf(screen)}.${look}.png`), fullPage: true });
    await end(person.page);
  }
}

/** Returns how many could not be taken. */
async function photographAll(stack: Stack, screens: readonly Screen[]): Promise<number> {
  const { rpcUrl, storeUrls, sources } = stack;
  say("Filling it with people and records ...");
  const stage = await setStage(stack);
  const app = await serveApp(0, { chainId: LOCAL_CHAIN_ID, rpcUrl, storeUrls, development: true }, sources);
  const browser = await launchBrowser();
  let taken = 0;
  let failed = 0;
  try {
    await walk(
      screens,
      { browser, appUrl: app.url, rpcUrl, stage },
      {
        look: async (screen, person) => {
          await photograph(screen, person);
          taken += 1;
          say(`  ${String(taken).padStart(3)} of ${screens.length}  ${nameOf(screen)}`);
        },
        fail: async (screen, error, { page }) => {
          failed += 1;
          say(`  not taken: ${nameOf(screen)}. ${String(error)}`);
          await page.setViewportSize(DESK);
        },
      },
    );
  } finally {
    await browser.close();
    await app.close();
  }
  return failed;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) return say(HELP);
  const names = new Set(SCREENS.map(nameOf));
  // A whole name is that screen alone, though others begin with it.
  const isNamed = (name: string) => (word: string) => (names.has(word) ? name === word : name.includes(word));
  const isWanted = (screen: Screen) => positionals.length === 0 || positionals.some(isNamed(nameOf(screen)));
  const screens = SCREENS.filter(isWanted);
  if (screens.length === 0) throw new Error(`No screen has "${positionals.join('" or "')}" in its name.`);
  const dataDir = await mkdtemp(join(tmpdir(), "chartkey-screens-"));
  await mkdir(FOLDER, { recursive: true });
  try {
    say("Starting chain, store and app ...");
    const [stack] = await Promise.all([
      startStack({ dataDir, rpcPort: 0, storePort: 0, difficulty: 2n ** 10n }),
      buildApp(),
    ]);
    const failed = await photographAll(stack, screens).finally(() => stack.close());
    say(`\n${screens.length - failed} screens, each in ${Object.keys(LOOKS).length} looks: ${FOLDER}`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
