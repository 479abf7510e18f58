import type { Browser, Page } from "playwright-core";
import { type TestWallet, installWallet } from "./wallet.ts";

/** Somebody at his own browser. */
export interface Person {
  page: Page;
  wallet: TestWallet | undefined;
  /** What went wrong in the page: uncaught errors and errors on the console. */
  errors: string[];
}

/** Where somebody's browser finds things. */
interface Places {
  appUrl: string;
  rpcUrl: string;
  /** The development account of the wallet; without it there is none. */
  accountIndex?: number | undefined;
}

/** Opens the app for somebody new. `sent` takes what the browser sends: addresses and bodies. */
export async function openPerson(browser: Browser, places: Places, sent: string[] = []): Promise<Person> {
  const { appUrl, rpcUrl, accountIndex } = places;
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => sent.push(request.url(), request.postDataBuffer()?.toString("latin1") ?? ""));
  const wallet = accountIndex === undefined ? undefined : await installWallet(page, rpcUrl, accountIndex);
  await page.goto(appUrl);
  return { page, wallet, errors };
}
