/** A code of ICD-10-CM that may stand in a record. */
export interface TabularCode {
  readonly code: string;
  readonly description: string;
  /** Number of its chapter, as the tabular list has it: "1" to "22". */
  readonly chapter: string;
}

interface Open {
  code: string;
  description: string;
  hasParts: boolean;
  /** Whether a seventh character says more, so that the code alone is not complete. */
  isStem: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? "");

/** The next tag or leaf that matters; everything else of the file is notes. */
const TOKEN = /<(\/?)(chapter|diag)\b[^>]*>|<name>([^<]*)<\/name>|<desc>([^<]*)<\/desc>|<(sevenChrDef)>/g;

/**
 * The complete codes of the tabular list that the CDC's National Center for Health Statistics publishes as XML: those that nothing divides
 * further, and that need no seventh character.
 */
export function parseTabular(xml: string): TabularCode[] {
  const found: TabularCode[] = [];
  const open: Open[] = [];
  let chapter = "";
  for (const [, closing, tag, name, description, stem] of xml.matchAll(TOKEN)) {
    const current = open.at(-1);
    if (tag === "chapter") chapter = "";
    else if (tag === "diag" && closing === "") {
      if (current) current.hasParts = true;
      open.push({ code: "", description: "", hasParts: false, isStem: current?.isStem ?? false });
    } else if (tag === "diag") {
      const { code, description: text, hasParts, isStem } = open.pop() ?? { hasParts: true };
      if (!hasParts && !isStem && code && text) found.push({ code, description: text, chapter });
    } else if (name !== undefined && current) current.code ||= decoded(name.trim());
    else if (name !== undefined) chapter ||= name.trim();
    else if (description !== undefined && current) current.description ||= decoded(description.trim());
    else if (stem && current) current.isStem = true;
  }
  return found;
}

/** Injuries and external causes: thousands of codes by side, circumstance and encounter, which are for billing. */
const LEFT_OUT: readonly string[] = ["19", "20"];

const SIDE = /\b(right|left|bilateral)\b/i;
const OPEN = /\bunspecified\b/i;

/** A code of four characters; or a finer one that names no side, of five, or of more when it leaves something open. */
function isCommon({ code, description, chapter }: TabularCode): boolean {
  if (LEFT_OUT.includes(chapter)) return false;
  const characters = code.replace(".", "").length;
  return characters <= 4 || (!SIDE.test(description) && (characters === 5 || OPEN.test(description)));
}

/** What the app offers of them. */
export function commonCodes(codes: readonly TabularCode[]): TabularCode[] {
  return codes.filter(isCommon);
}
