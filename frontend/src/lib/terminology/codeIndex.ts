import type { ListedCode } from "@chartkey/sdk/records";
import { foldText } from "../format/search.ts";

/** Codes, made ready to be searched while somebody types. */
export interface CodeIndex {
  /** The codes that fit, the best first. */
  find(query: string): readonly ListedCode[];
}

/** Suggestions at one time: as many as one looks through rather than types another letter. */
export const MOST_SUGGESTIONS = 20;

/** Letters after which a search means something. */
const FEWEST = 2;

/** The words of a text, folded, each after a space: so one search finds the beginnings of words alone. */
function wordsOf(text: string): string {
  return ` ${foldText(text)
    .split(/[^\p{L}\p{N}.]+/u)
    .filter(Boolean)
    .join(" ")}`;
}

/** How well a code that fits does so: 0 by its code, 1 by the beginning of its name, 2 by other words of it. */
function rankOf(words: string, query: string): number {
  if (words.endsWith(query)) return 0;
  return words.startsWith(query) ? 1 : 2;
}

/**
 * Searches by the beginnings of words of the name and by the code, whatever accents and capitals; every word of the query has to be there.
 * Among equals shorter names come first, and then the order in which the codes are given.
 */
export function indexCodes(codes: readonly ListedCode[]): CodeIndex {
  // The code is the last word, and without its point once more before.
  const entries = codes.map((listed) => {
    const code = listed.code.toLowerCase();
    return { listed, words: `${wordsOf(listed.display)} ${code.replace(".", "")} ${code}` };
  });
  return {
    find(query) {
      const wanted = wordsOf(query);
      if (wanted.trim().length < FEWEST) return [];
      const parts = wanted
        .trim()
        .split(" ")
        .map((part) => ` ${part}`);
      return entries
        .filter(({ words }) => parts.every((part) => words.includes(part)))
        .map(({ listed, words }) => ({ listed, rank: rankOf(words, wanted) }))
        .sort((a, b) => a.rank - b.rank || a.listed.display.length - b.listed.display.length)
        .slice(0, MOST_SUGGESTIONS)
        .map(({ listed }) => listed);
    },
  };
}
