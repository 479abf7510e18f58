/** How a measured value compares with what is usual; the direction of a critical value stands in its text. */
export type Interpretation = "normal" | "high" | "low" | "abnormal" | "critical" | "positive" | "negative";

export interface SummaryValue {
  text: string;
  unit?: string;
  interpretation?: Interpretation;
  /** The reference range as text, such as `3.5 - 5.0 mmol/L`. */
  range?: string;
}

/** `label` is a key for the translation table of a user interface; `text` is plain text, never HTML. */
export interface SummaryLine {
  label: string;
  text: string;
  /** The same in parts, of a line that is one value of several: what was measured, if it is named, and the value. */
  measured?: { title?: string; value: SummaryValue };
}

type LineText = string | Omit<SummaryLine, "label"> | undefined;

/** What a person needs to see of a resource. Texts are those of the resource; nothing is interpreted as HTML. */
export interface Summary {
  title: string;
  subtitle?: string;
  /** FHIR date, dateTime or instant as written; it may be partial (`2024`, `2024-05`). */
  date?: string;
  value?: SummaryValue;
  lines: SummaryLine[];
  /** Code of the status element. */
  status?: string;
}

export interface SummaryParts {
  title: string | undefined;
  subtitle?: string | undefined;
  date?: string | undefined;
  value?: SummaryValue | undefined;
  status?: string | undefined;
  /** Label and text; entries without text are left out, lists become one line each. */
  lines?: [label: string, text: LineText | LineText[]][];
}

function linesOf(label: string, texts: LineText | LineText[]): SummaryLine[] {
  return [texts].flat().flatMap((text) => {
    const line = typeof text === "string" ? { text } : text;
    return line?.text ? [{ label, ...line }] : [];
  });
}

/** Builds a summary without empty parts; without a title the type of the resource stands for it. */
export function summary(
  resourceType: string,
  { title, subtitle, date, value, status, lines = [] }: SummaryParts,
): Summary {
  return {
    title: title || resourceType,
    ...(subtitle && subtitle !== title ? { subtitle } : {}),
    ...(date ? { date } : {}),
    ...(value ? { value } : {}),
    ...(status ? { status } : {}),
    lines: lines.flatMap(([label, texts]) => linesOf(label, texts)),
  };
}
