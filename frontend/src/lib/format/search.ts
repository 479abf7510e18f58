/** Lower case without accents, so that "Wisniewski" finds "Wiśniewski" (ł has no decomposition and stays). */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** Whether one of the texts holds every word of the query. */
export function matchesQuery(query: string, texts: readonly (string | undefined)[]): boolean {
  const text = foldText(texts.join(" "));
  return foldText(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
