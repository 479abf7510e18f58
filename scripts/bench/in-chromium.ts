import { join } from "node:path";
import { build } from "vite";
import { launchBrowser } from "../../test/e2e/support/browser.ts";
import type { Figure } from "./figures.ts";

const ORIGIN = "http://localhost";

/** stream-speeds.ts as one script that a page can run. */
async function bundled(): Promise<string> {
  const entry = join(import.meta.dirname, "stream-speeds.ts");
  const lib = { entry, formats: ["iife" as const], name: "bench" };
  const built = await build({ configFile: false, logLevel: "error", build: { write: false, minify: false, lib } });
  const [first] = [built].flat();
  const chunk = first !== undefined && "output" in first ? first.output[0] : undefined;
  if (chunk?.type !== "chunk") throw new Error("Vite made no script of stream-speeds.ts.");
  return chunk.code;
}

/** The same figures from a page in Chromium. */
export async function inChromium(): Promise<Figure[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    // WebCrypto is there in secure contexts only; localhost is one.
    await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.goto(ORIGIN);
    await page.addScriptTag({ content: await bundled() });
    return await page.evaluate<Figure[]>('bench.streamSpeeds("Chromium")');
  } finally {
    await browser.close();
  }
}
