import type { Browser } from "playwright-core";
import { type Person, openPerson } from "../e2e/support/person.ts";
import { connect, go, press, sees } from "../e2e/support/steps.ts";
import { ACTORS, type Actor, type Screen, pathOf } from "./screen.ts";
import type { Stage } from "./stage.ts";

export interface Places {
  browser: Browser;
  appUrl: string;
  rpcUrl: string;
  stage: Stage;
}

/** Runs in the page: nothing loads or moves any more. */
function isSettled(): boolean {
  const moves = document.getAnimations().some(({ playState, effect }) => {
    return playState === "running" && effect?.getComputedTiming().iterations !== Infinity;
  });
  // What is behind a question waits for its answer.
  const front = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  return !moves && front.querySelector(".ck-loading") === null && document.fonts.status === "loaded";
}

/** Waits until the page stands still: what a change of window or theme sets off begins with the next frame. */
export async function settle({ page }: Person): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.waitForFunction(isSettled);
}

/** What those who act for somebody else choose in the account menu. */
const ACTS_FOR: Partial<Record<Actor, RegExp>> = { delegate: /^Act for 0x/, successor: /^Act as successor of 0x/ };

async function enter({ browser, appUrl, rpcUrl }: Places, actor: Actor): Promise<Person> {
  const person = await openPerson(browser, { appUrl, rpcUrl, accountIndex: ACTORS[actor] });
  await person.page.emulateMedia({ reducedMotion: "reduce" });
  if (person.wallet) await connect(person);
  const actsFor = ACTS_FOR[actor];
  if (actsFor) {
    const item = person.page.getByRole("button", { name: actsFor });
    await press(person, /Switch role or account/);
    await item.click();
  }
  return person;
}

/** A document of its own, which the app's pages are not behind. */
const VIEWER = "shl";

/** Goes to where nothing that was open or typed is left. */
async function leave(person: Person, { appUrl }: Places): Promise<void> {
  const { page } = person;
  if (new URL(page.url()).pathname === `/${VIEWER}`) await page.goto(appUrl);
  await page.keyboard.press("Escape");
  await go(person, "/protection");
  await sees(person, "What it cannot do");
}

/** Whose key is seen locked. */
const STAY_LOCKED: readonly Actor[] = ["returning", "delegate"];

/** Opens the page of a screen, and the key before it when it is locked. */
async function open(person: Person, { appUrl, stage }: Places, screen: Screen): Promise<void> {
  const path = pathOf(screen, stage);
  if (path.includes("#") || screen.route === VIEWER) {
    await person.page.goto("about:blank");
    await person.page.goto(appUrl + path);
  } else await go(person, path);
  const unlock = person.page.getByRole("button", { name: "Unlock", exact: true });
  const says = person.page.getByRole("main").getByText(screen.says).first();
  await says.or(unlock).first().waitFor();
  if (!STAY_LOCKED.includes(screen.as) && (await unlock.isVisible())) await unlock.click();
  await says.waitFor();
}

/** What to do at each screen. */
interface Guide {
  look(screen: Screen, person: Person): Promise<void>;
  /** A screen that could not be reached, or that `look` threw at. The walk goes on. */
  fail(screen: Screen, error: unknown, person: Person): Promise<void>;
}

async function walkAs(actor: Actor, screens: readonly Screen[], places: Places, guide: Guide): Promise<void> {
  const person = await enter(places, actor);
  for (const screen of screens) {
    await leave(person, places);
    try {
      await open(person, places, screen);
      await screen.then?.(person, places.stage);
      await settle(person);
      await guide.look(screen, person);
    } catch (error) {
      await guide.fail(screen, error, person);
    } finally {
      await screen.after?.(person, places.stage);
    }
  }
  await person.page.context().close();
}

/** Opens every screen, each actor at a browser of his own, two at a time. */
export async function walk(screens: readonly Screen[], places: Places, guide: Guide): Promise<void> {
  const actors = [...new Set(screens.map(({ as }) => as))];
  const lane = async () => {
    for (let actor = actors.shift(); actor !== undefined; actor = actors.shift()) {
      const own = screens.filter(({ as }) => as === actor);
      await walkAs(actor, own, places, guide);
    }
  };
  await Promise.all([lane(), lane()]);
}
