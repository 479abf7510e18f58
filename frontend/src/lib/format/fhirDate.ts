import { dateFormat } from "./intl.ts";

// Date.parse alone takes "about 2019" for a date.
const FHIR = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(T\d{2}:\d{2}.*)?$/;

function parse(text: string) {
  const parts = FHIR.exec(text);
  const time = parts === null ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : { time, month: parts?.[2], day: parts?.[3], clock: parts?.[4] };
}

/** Whether a text is a whole FHIR date or more; a year alone may be any number. */
export function isFhirDate(text: string): boolean {
  return parse(text)?.month !== undefined;
}

/**
 * A FHIR date, dateTime or instant in words, as exact as it is: "2024", "May 2024", "30 May 2024". A time of day is left out;
 * a date without one is nobody's time zone. Anything else comes back as it is.
 */
export function formatFhirDate(text: string, locale: string): string {
  const date = parse(text);
  if (!date) return text;
  const { time, month, day, clock } = date;
  if (clock) return dateFormat(locale, { dateStyle: "long" }).format(time);
  return dateFormat(locale, {
    timeZone: "UTC",
    year: "numeric",
    ...(month ? { month: "long" } : {}),
    ...(day ? { day: "numeric" } : {}),
  }).format(time);
}

/** Unix seconds of a FHIR date for ordering: a partial date counts from its beginning. Undefined for anything else. */
export function fhirSeconds(text: string | undefined): number | undefined {
  const date = text === undefined ? undefined : parse(text);
  return date && date.time / 1000;
}
