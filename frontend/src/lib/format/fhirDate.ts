const PARTIAL = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

/**
 * A FHIR date, dateTime or instant in words, as exact as it is: "2024", "May 2024", "30 May 2024". A time of day is left out;
 * a date without one is nobody's time zone. Anything else comes back as it is.
 */
export function formatFhirDate(text: string, locale: string): string {
  const partial = PARTIAL.exec(text);
  const time = Date.parse(text);
  if (Number.isNaN(time)) return text;
  if (!partial) return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(time);
  const [, , month, day] = partial;
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    year: "numeric",
    ...(month ? { month: "long" } : {}),
    ...(day ? { day: "numeric" } : {}),
  }).format(time);
}

/** Unix seconds of a FHIR date for ordering: a partial date counts from its beginning. Undefined for anything else. */
export function fhirSeconds(text: string | undefined): number | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time / 1000;
}
