import { sameAddress } from "@chartkey/sdk";

/** The forms that one leaves to say who one is. */
const forms = { "/patient/visits/new": "book", "/patient/access/new": "give" } as const;

type Form = keyof typeof forms;

/** The form to come back to after the details are written, and the state that its page had. */
export interface ComeBack {
  readonly to: Form;
  readonly label: (typeof forms)[Form];
  readonly state: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** What a link to the page of the details carries as its state, for the patient whose form it was. */
export function comingBackTo(to: Form, patient: string, state: unknown = null) {
  return { back: { to, patient, state } };
}

/**
 * Where the state of a location, which outlives a reload and a change of account, says to come back to; null when it names none of the
 * forms, or another patient's. The state that its page had is for that page to look at.
 */
export function comeBackIn(location: unknown, patient: string | undefined): ComeBack | null {
  const back = isObject(location) ? location["back"] : undefined;
  if (!isObject(back) || patient === undefined) return null;
  const { to: named, patient: of, state = null } = back;
  const to = (Object.keys(forms) as Form[]).find((form) => form === named);
  if (to === undefined || typeof of !== "string" || !sameAddress(of, patient)) return null;
  return { to, label: forms[to], state };
}
