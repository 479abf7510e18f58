import type { Observation } from "@medplum/fhirtypes";
import { pressuresOf } from "../blood-pressure.ts";
import type { Interpretation, SummaryValue } from "./summary.ts";
import { measuredValue } from "./value.ts";

/** What two values are together: critical when one is, and normal only when both are. */
function judgedTogether(judged: readonly (Interpretation | undefined)[]): Interpretation | undefined {
  if (judged.includes("critical")) return "critical";
  const [unusual, ...others] = new Set(judged.filter((one) => one !== undefined && one !== "normal"));
  if (others.length > 0) return "abnormal";
  return unusual ?? (judged.includes(undefined) ? undefined : "normal");
}

/** A blood pressure in the usual form `120/80`, judged by both of its values; undefined for anything else. */
export function bloodPressure(resource: Observation): SummaryValue | undefined {
  const [high, low] = pressuresOf(resource)?.map((part) => measuredValue(part)) ?? [];
  if (!high || !low) return undefined;
  const interpretation = judgedTogether([high.interpretation, low.interpretation]);
  const ranges = [high.range, low.range].filter((range) => range !== undefined);
  return {
    text: `${high.text}/${low.text}`,
    ...(high.unit === undefined ? {} : { unit: high.unit }),
    ...(interpretation === undefined ? {} : { interpretation }),
    ...(ranges.length < 2 ? {} : { range: ranges.join(" / ") }),
  };
}
