import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Person, type System, startSystem } from "./support/system.ts";

/** What decrypted content would try if it came to stand in the page as markup, against the policy that is written in the built page. */

let system: System;
let visitor: Person;

beforeAll(async () => {
  system = await startSystem();
  visitor = await system.open();
  const { page } = visitor;
  // Another static server sends no policy of its own.
  await page.route(system.appUrl, async (route) => {
    const response = await route.fetch();
    const { "content-security-policy": _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.goto(system.appUrl);
  await page.evaluate(() => {
    const blocked: string[] = [];
    Object.assign(window, { blocked });
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, disposition }) => {
      if (disposition === "enforce") blocked.push(effectiveDirective);
    });
  });
});
afterAll(async () => system?.close());

/** Runs in the page. */
function append(markup: string): void {
  document.body.append(document.createRange().createContextualFragment(markup));
}

/** Runs in the page. Only outside of the debugger's own call does the policy hold for `eval`. */
function evaluateLater(code: string): void {
  setTimeout(() => Reflect.apply(Reflect.get(window, "eval") as (code: string) => void, window, [code]));
}

/** Runs in the page. */
function click(markup: string): void {
  const range = document.createRange().createContextualFragment(markup);
  const element = range.firstElementChild as HTMLElement;
  document.body.append(range);
  element.click();
}

/** Runs in the page. */
async function send(url: string): Promise<void> {
  await fetch(url, { mode: "no-cors" }).catch(() => undefined);
}

const RUN = "document.documentElement.dataset.ran = 'yes'";
const FOREIGN = "https://attacker.example/";

describe("the page's Content-Security-Policy", () => {
  it.each([
    ["an inline script", "script-src-elem", append, `<script>${RUN}</script>`],
    ["a script from elsewhere", "script-src-elem", append, `<script src="${FOREIGN}"></script>`],
    ["a script in a data URI", "script-src-elem", append, `<script src="data:text/javascript,${RUN}"></script>`],
    ["an inline event handler", "script-src-attr", click, `<button onclick="${RUN}">Record</button>`],
    ["a javascript: link", "script-src-elem", click, `<a href="javascript:${RUN}">Record</a>`],
    ["eval", "script-src", evaluateLater, RUN],
    ["a frame", "frame-src", append, `<iframe src="data:text/html,x"></iframe>`],
    ["an object", "object-src", append, `<object data="data:application/pdf,x"></object>`],
    ["an image from elsewhere", "img-src", append, `<img src="${FOREIGN}" alt="" />`],
    ["a style sheet from elsewhere", "style-src-elem", append, `<link rel="stylesheet" href="${FOREIGN}" />`],
    ["a request to elsewhere", "connect-src", send, FOREIGN],
    ["another base address", "base-uri", append, `<base href="${FOREIGN}" />`],
    [
      "a form sent elsewhere",
      "form-action",
      click,
      `<button form="sent">Send</button><form id="sent" action="${FOREIGN}"></form>`,
    ],
  ] as const)("O13 blocks %s", async (_, directive, attempt, content) => {
    const { page } = visitor;
    const blocked = () => page.evaluate(() => Reflect.get(window, "blocked") as string[]);
    const before = (await blocked()).length;
    await page.evaluate<void, string>(attempt, content);
    await expect.poll(async () => (await blocked()).slice(before)).toContain(directive);
    expect(await page.evaluate(() => document.documentElement.dataset["ran"])).toBeUndefined();
    expect(page.url().startsWith(system.appUrl)).toBe(true);
  });
});

it("O13 lets the viewer of health links ask every https host, and nothing else that other pages may not", async () => {
  const { page } = visitor;
  const policyOf = async (path: string) => {
    const text = await (await page.request.get(`${system.appUrl}${path}`)).text();
    return /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!.replaceAll("&#39;", "'");
  };
  const [everywhere, viewer] = [await policyOf("/patient"), await policyOf("/shl")];
  expect(everywhere).not.toContain("https:");
  expect(viewer.replace(/(connect-src [^;]*?) https:/, "$1")).toBe(everywhere);
});

it("O13 sends the same policy with each document, which no other page may show in a frame", async () => {
  const { page } = visitor;
  for (const path of ["/patient", "/shl"]) {
    const response = await page.request.get(`${system.appUrl}${path}`);
    const inPage = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(await response.text())![1]!;
    const inHeader = response.headers()["content-security-policy"];
    expect(inHeader).toBe(`${inPage.replaceAll("&#39;", "'")}; frame-ancestors 'none'`);
  }
});

/** Most JavaScript that a visitor waits for, in bytes of gzip. */
const FIRST_LOAD = 180_000;

it("the landing page comes with little JavaScript", async () => {
  const { page } = await system.open();
  const scripts = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(request.url());
  });
  await page.goto(system.appUrl, { waitUntil: "networkidle" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  const bodies = await Promise.all(Array.from(scripts, async (url) => (await page.request.get(url)).body()));
  const sizes = bodies.map((body) => gzipSync(body).length);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(FIRST_LOAD);
});
