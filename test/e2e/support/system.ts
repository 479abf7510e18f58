import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { buildApp, serveApp } from "../../../scripts/lib/app.ts";
import { ROOT } from "../../../scripts/lib/settings.ts";
import { LOCAL_CHAIN_ID } from "../../../scripts/lib/stack.ts";
import { type Stack, startTestStack } from "../../support/stack.ts";
import { launchBrowser } from "./browser.ts";
import { type Person, openPerson } from "./person.ts";

export type { Person };

/** Git-ignored; CI keeps it. */
const SCREENSHOTS = join(ROOT, "test-results/screenshots");

/** The whole system with a browser. */
export interface System {
  stack: Stack;
  browser: Browser;
  appUrl: string;
  dataDir: string;
  /** Everything that any browser sent: addresses and bodies. */
  sent: string[];
  open(accountIndex?: number): Promise<Person>;
  screenshot(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts chain, store, the built app and a browser. */
export async function startSystem(): Promise<System> {
  const dataDir = await mkdtemp(join(tmpdir(), "chartkey-e2e-"));
  await mkdir(SCREENSHOTS, { recursive: true });
  const [stack, browser] = await Promise.all([
    startTestStack({ dataDir, difficulty: 2n ** 10n }),
    launchBrowser(),
    buildApp(),
  ]);
  const { rpcUrl, storeUrls, sources } = stack;
  const app = await serveApp(0, { chainId: LOCAL_CHAIN_ID, rpcUrl, storeUrls, development: true }, sources);
  const sent: string[] = [];
  return {
    stack,
    browser,
    appUrl: app.url,
    dataDir,
    sent,
    open: (accountIndex) => openPerson(browser, { appUrl: app.url, rpcUrl, accountIndex }, sent),
    screenshot: async (page, name) => {
      await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    },
    close: async () => {
      await browser.close();
      await app.close();
      await stack.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
