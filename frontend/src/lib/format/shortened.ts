/** Characters of a name that is shown: whoever wrote it chose how long it is. */
const MOST = 200;

/** A text of others as far as it is shown as a name: its first 200 characters, with an ellipsis when it has more. */
export function shortened(text: string): string {
  // No more of a long text is taken apart than may be shown: a character has two code units at most.
  const characters = [...text.slice(0, 2 * (MOST + 1))];
  return characters.length > MOST ? `${characters.slice(0, MOST).join("")}…` : text;
}
