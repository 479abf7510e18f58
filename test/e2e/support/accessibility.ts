import axe from "axe-core";
import type { Page } from "playwright-core";

const RULES: axe.RunOnly = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
/** What another theme can change. */
const COLOUR_RULES: axe.RunOnly = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
/** More than any page has; a walk that takes longer is caught in a circle. */
const MANY_STOPS = 250;

export interface Inspection {
  /** Colours alone, of a page whose other rules were checked. */
  colours?: boolean;
  /** The part that is inspected; the page when absent. */
  within?: string | undefined;
}

/** What axe-core finds on a page: each broken rule with the elements that break it. Its `target-size` knows the spacing of WCAG 2.5.8. */
export async function violations(page: Page, { colours = false, within }: Inspection = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ runOnly, part }) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const options = { runOnly, resultTypes: ["violations" as const], preload: false };
      return (await run(part ?? document, options)).violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any, all }) => `${id}: ${html.slice(0, 160)} ${[...any, ...all][0]?.message ?? ""}`),
      );
    },
    { runOnly: colours ? COLOUR_RULES : RULES, part: within },
  );
}

/** Pixels that a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What the header says of who acts and does not show whole. */
export function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(".ck-me-who > *")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => `cut: ${textContent}`),
  );
}

/** Where Tab led to. */
interface Stop {
  /** `outside` are the browser's own controls; a date has several stops in one element. */
  place: "outside" | "same" | "again" | "new";
  faults: string[];
}

/** Runs in the page. What shows that an element has the focus may be drawn around its label or the picture that follows it. */
function readStop(): Stop {
  const { ckWalk } = window as unknown as { ckWalk?: { seen: WeakSet<Element>; last?: Element } };
  const walk: NonNullable<typeof ckWalk> = ckWalk ?? { seen: new WeakSet() };
  const { activeElement: focused } = document;
  if (!(focused instanceof HTMLElement) || focused === document.body) return { place: "outside", faults: [] };
  if (focused === walk.last) return { place: "same", faults: [] };
  walk.last = focused;
  if (walk.seen.has(focused)) return { place: "again", faults: [] };
  walk.seen.add(focused);
  const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : [];
  const drawn = [focused, focused.nextElementSibling, ...labels].filter((element) => element !== null);
  const isRinged = (element: Element) =>
    ["", "::before", "::after"].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
  const isSeen = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const shares = [0.1, 0.5, 0.9];
    return shares.some((x) =>
      shares.some((y) => element.contains(document.elementFromPoint(left + x * width, top + y * height))),
    );
  };
  const faults = [
    ...(drawn.some(isRinged) ? [] : ["focus does not show"]),
    ...(drawn.some(isSeen) ? [] : ["focus is hidden"]),
  ];
  return { place: "new", faults: faults.map((fault) => `${fault}: ${focused.outerHTML.slice(0, 160)}`) };
}

/** What is wrong with the focus where it is now: it does not show, or what has it is hidden (WCAG 2.4.7, 2.4.11). */
export async function faultsOfFocus(page: Page): Promise<string[]> {
  return (await page.evaluate(readStop)).faults;
}

/** Goes once round a page by Tab: what shows no focus, or is hidden when it has it (WCAG 2.4.7, 2.4.11). */
export async function focusFaults(page: Page): Promise<string[]> {
  await page.evaluate(() => Object.assign(window, { ckWalk: { seen: new WeakSet() } }));
  const faults: string[] = [];
  let outside = 0;
  for (let presses = 0; presses < MANY_STOPS; presses += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(readStop);
    faults.push(...stop.faults);
    if (stop.place === "outside") outside += 1;
    if (outside === 2 || stop.place === "again") return faults;
  }
  return [...faults, `Tab does not come round in ${MANY_STOPS} steps`];
}
