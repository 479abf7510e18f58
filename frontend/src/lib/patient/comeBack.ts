/** The forms that one leaves to say who one is. */
const forms = { "/patient/visits/new": "book", "/patient/access/new": "give" } as const;

type Form = keyof typeof forms;

/** The form to come back to after the details are written, and the state that its page had. */
export interface ComeBack {
  readonly to: Form;
  readonly label: (typeof forms)[Form];
  readonly state: unknown;
}

/** What a link to the page of the details carries as its state. */
export function comingBackTo(to: Form, state: unknown = null) {
  return { back: { to, state } };
}

/** Where the state of a location says to come back to; null when it names none of the forms. */
export function comeBackIn(location: unknown): ComeBack | null {
  const { back } = (location ?? {}) as { readonly back?: { readonly to?: unknown; readonly state?: unknown } };
  const to = (Object.keys(forms) as Form[]).find((form) => form === back?.to);
  return to === undefined ? null : { to, label: forms[to], state: back?.state ?? null };
}
