/** "results, medication and diagnoses" in the words of the locale. */
export function formatList(words: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(words);
}
