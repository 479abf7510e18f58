/**
 * Text that is safe on a terminal: records, stores and nodes choose words that are printed here, and control characters could move the
 * cursor, change the title, or (bidirectional overrides, Unicode TR 36) show words in another order. Line ends and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === "\n" || character === "\t" ? character : "\ufffd",
  );
}
