import type {
  Observation,
  ObservationComponent,
  ObservationReferenceRange,
  Quantity,
  Timing,
} from "@medplum/fhirtypes";
import type { Interpretation, SummaryValue } from "./summary.ts";
import {
  conceptText,
  join,
  periodText,
  quantityNumber,
  quantityText,
  quantityUnit,
  rangeText,
  ratioText,
} from "./text.ts";

type Measured = Observation | ObservationComponent;

/** Codes of http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation. */
const interpretations: Record<string, Interpretation> = {
  N: "normal",
  H: "high",
  HU: "high",
  ">": "high",
  L: "low",
  LU: "low",
  "<": "low",
  HH: "critical",
  LL: "critical",
  AA: "critical",
  A: "abnormal",
  POS: "positive",
  DET: "positive",
  NEG: "negative",
  ND: "negative",
};

/** The value of an observation or of a component, with its interpretation as given or, if none is given, by the reference range. */
export function measuredValue(measured: Measured): SummaryValue | undefined {
  const text = valueText(measured);
  if (text === undefined) return undefined;
  const unit = measured.valueQuantity?.value === undefined ? undefined : quantityUnit(measured.valueQuantity);
  const interpretation = interpretationOf(measured);
  const range = join("; ", (measured.referenceRange ?? []).map(referenceRangeText));
  return {
    text,
    ...(unit === undefined ? {} : { unit }),
    ...(interpretation === undefined ? {} : { interpretation }),
    ...(range === undefined ? {} : { range }),
  };
}

function valueText(measured: Measured): string | undefined {
  if (measured.valueQuantity) return quantityNumber(measured.valueQuantity) ?? quantityText(measured.valueQuantity);
  if (measured.valueCodeableConcept) return conceptText(measured.valueCodeableConcept);
  if (measured.valueBoolean !== undefined) return String(measured.valueBoolean);
  if (measured.valueInteger !== undefined) return String(measured.valueInteger);
  if (measured.valueRange) return rangeText(measured.valueRange);
  if (measured.valueRatio) return ratioText(measured.valueRatio);
  if (measured.valuePeriod) return periodText(measured.valuePeriod);
  if (measured.valueSampledData) return measured.valueSampledData.data;
  return measured.valueString ?? measured.valueDateTime ?? measured.valueTime;
}

function referenceRangeText(range: ObservationReferenceRange): string | undefined {
  return range.text ?? join(" ", [rangeText(range), conceptText(range.type)]);
}

function interpretationOf({ interpretation, valueQuantity, referenceRange }: Measured): Interpretation | undefined {
  const codes = (interpretation ?? []).flatMap(({ coding = [] }) => coding.map(({ code = "" }) => code));
  const known = codes.map((code) => interpretations[code]).filter((one) => one !== undefined);
  if (known.length > 0) return known.includes("critical") ? "critical" : known[0];
  // A text such as "see comment" is a statement too; computing another one beside it could contradict it.
  return interpretation ? undefined : byRange(valueQuantity, referenceRange);
}

/** Judged only if one range applies to everybody and is in the unit of the value: no range of an age group or a condition. */
function byRange(
  quantity: Quantity | undefined,
  ranges: ObservationReferenceRange[] | undefined,
): Interpretation | undefined {
  const [range, ...others] = ranges ?? [];
  if (quantity?.value === undefined || !range || others.length > 0 || range.age || range.appliesTo) return undefined;
  if (range.type && !range.type.coding?.some(({ code }) => code === "normal")) return undefined;
  const { low, high } = range;
  if ((low && !sameUnit(low, quantity)) || (high && !sameUnit(high, quantity))) return undefined;
  const { value, comparator } = quantity;
  const below = low?.value !== undefined && (value < low.value || (comparator === "<" && value <= low.value));
  const above = high?.value !== undefined && (value > high.value || (comparator === ">" && value >= high.value));
  if (below && comparator !== ">" && comparator !== ">=") return "low";
  if (above && comparator !== "<" && comparator !== "<=") return "high";
  // What is only known to be above a value may be anything above it: normal where the range has no upper end, and in turn.
  const inside = {
    "<": low?.value === undefined && high?.value !== undefined && value <= high.value,
    ">": high?.value === undefined && low?.value !== undefined && value >= low.value,
  };
  const exact = comparator === undefined && (low?.value ?? high?.value) !== undefined;
  return exact || (comparator !== undefined && inside[comparator.charAt(0) as "<" | ">"]) ? "normal" : undefined;
}

function sameUnit(a: Quantity, b: Quantity): boolean {
  if (a.code !== undefined && b.code !== undefined && a.system === b.system) return a.code === b.code;
  return quantityUnit(a) === undefined || quantityUnit(a) === quantityUnit(b);
}

/** `7.2 mmol/L`: value and unit in one text. */
export function valueLine(value: SummaryValue | undefined): string | undefined {
  return value === undefined ? undefined : join(" ", [value.text, value.unit]);
}

/** `2 x / 1 d`, or the text of the timing, or its dates. */
export function timingText(timing: Timing | undefined): string | undefined {
  const { code, repeat, event } = timing ?? {};
  const coded = conceptText(code);
  if (coded !== undefined) return coded;
  if (repeat?.period !== undefined)
    return join(" ", [
      `${repeat.frequency ?? 1} x / ${repeat.period} ${repeat.periodUnit ?? ""}`.trim(),
      repeat.when?.join(", "),
    ]);
  return repeat?.when?.join(", ") ?? periodText(repeat?.boundsPeriod) ?? event?.join(", ");
}
