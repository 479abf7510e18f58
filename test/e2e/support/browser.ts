import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Without these Chromium asks the network for things that a closed machine refuses. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium: $CHROME, an installed one, or on Linux the one that comes with the packages. */
async function findChromium(): Promise<string> {
  const wanted = process.env["CHROME"];
  if (wanted !== undefined && wanted !== "") return wanted;
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
}

/** Starts a headless Chromium. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), headless: true, args: FLAGS });
}
