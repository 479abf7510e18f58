import type { Person } from "../e2e/support/person.ts";
import type { Stage } from "./stage.ts";

/** Who sees screens: an account of the development phrase, or nobody's. */
export const ACTORS = {
  visitor: undefined,
  registrar: 0,
  admin: 1,
  doctor: 2,
  patient: 3,
  pharmacist: 4,
  colleague: 5,
  newcomer: 6,
  delegate: 7,
  heir: 7,
  /** Acts as successor for an account that he took over. */
  successor: 7,
  applicant: 8,
  founder: 9,
  /** A patient whose key stays locked. */
  returning: 3,
} as const;
export type Actor = keyof typeof ACTORS;

/** A route of the app as one actor sees it in one state. */
export interface Screen {
  /** As in `frontend/src/routes/routes.tsx`, from the root. */
  readonly route: string;
  readonly as: Actor;
  /** What is worth seeing when it is not the page as it opens. */
  readonly state?: string;
  /** Where it is; the route itself when absent. */
  readonly path?: string | ((stage: Stage) => string);
  /** What the page says once it stands. */
  readonly says: string | RegExp;
  /** What lies over the page for a moment and is looked at alone. */
  readonly overlay?: string;
  /** From the page to the state. */
  readonly then?: (person: Person, stage: Stage) => Promise<void>;
  /** Back from the state, where leaving the page does not end it. */
  readonly after?: (person: Person, stage: Stage) => Promise<void>;
}

/** Waits for the dialog that a screen opens. */
export const dialog = async ({ page }: Person) => page.getByRole("dialog").waitFor();

/** Unique, and good for a file name: `patient-access-new-declined`. */
export function nameOf({ as, route, state }: Screen): string {
  const place = route === "" ? "home" : route === "*" ? "elsewhere" : route;
  const words = [as, place, ...(state === undefined ? [] : [state])].join("/").split(/[^a-z0-9-]+/i);
  return words.filter((word, index) => word !== words[index - 1]).join("-");
}

export const pathOf = ({ path, route }: Screen, stage: Stage): string =>
  typeof path === "function" ? path(stage) : (path ?? `/${route}`);
