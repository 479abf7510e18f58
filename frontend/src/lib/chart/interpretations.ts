/** The usual codes of HL7's ObservationInterpretation and their English displays, as keys of `records:interpretation`. */
const INTERPRETATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    normal: ["n", "normal"],
    high: ["h", "high"],
    low: ["l", "low"],
    abnormal: ["a", "abnormal"],
    critical: ["aa", "critical abnormal"],
    criticalHigh: ["hh", "critical high"],
    criticalLow: ["ll", "critical low"],
    positive: ["pos", "positive"],
    negative: ["neg", "negative"],
  }).flatMap(([key, texts]) => texts.map((text) => [text, key] as const)),
);

/** Key of the words for a code or display of an interpretation; undefined for any other text. */
export function interpretationOf(text: string): string | undefined {
  return INTERPRETATIONS.get(text.toLowerCase());
}
