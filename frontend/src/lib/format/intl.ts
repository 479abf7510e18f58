const made = new Map<string, Intl.DateTimeFormat>();

/**
 * A format of dates in the reader's time zone. To make one takes as long as a hundred uses, so that it is kept until the device is set to
 * another offset.
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, new Date().getTimezoneOffset(), options]);
  let format = made.get(key);
  if (format === undefined) made.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}
