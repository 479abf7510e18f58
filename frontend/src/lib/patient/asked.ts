import { sameAddress } from "@chartkey/sdk";
import { categories } from "@chartkey/sdk/records";
import { isAddress } from "viem";

/** What a link to the form of an access carries of who needs access to what, so that the form begins with it. */
export interface Asked {
  readonly doctor: string;
  /** One of those where he is a doctor; any when absent. */
  readonly hospital?: number;
  /** Masks of categories. */
  readonly read: number;
  readonly write: number;
}

const known = Object.values(categories).reduce((mask, category) => mask | (1 << category), 0);
const isMask = (value: unknown): value is number => typeof value === "number" && (value & known) === value;

function isAsked(value: unknown): value is Asked {
  if (typeof value !== "object" || value === null) return false;
  const { doctor, hospital, read, write } = value as Partial<Record<keyof Asked, unknown>>;
  return (
    typeof doctor === "string" &&
    isAddress(doctor, { strict: false }) &&
    (hospital === undefined || Number.isSafeInteger(hospital)) &&
    isMask(read) &&
    isMask(write)
  );
}

/** The state of such a link, for the patient who was asked. */
export function asking(patient: string, request: Asked) {
  return { request, patient };
}

/** Reads it from the state of a location, which outlives a reload and a change of account; null when it came without, or with another's. */
export function askedIn(state: unknown, patient: string | undefined): Asked | null {
  if (typeof state !== "object" || state === null || patient === undefined) return null;
  const { request, patient: of } = state as { readonly request?: unknown; readonly patient?: unknown };
  return typeof of === "string" && sameAddress(of, patient) && isAsked(request) ? request : null;
}
