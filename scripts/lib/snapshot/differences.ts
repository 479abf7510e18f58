type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;
const show = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));

function isClose(before: unknown, after: unknown, tolerance: number): boolean {
  if (typeof before === "number" && typeof after === "number") return Math.abs(before - after) <= tolerance;
  return before === after;
}

/**
 * Names every place at which two documents differ.
 *
 * @param tolerance How much two numbers may differ.
 */
export function differences(before: unknown, after: unknown, tolerance: number, at: readonly string[] = []): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], tolerance, [...at, key]));
  }
  return isClose(before, after, tolerance) ? [] : [`${at.join(" / ")} was ${show(before)}, is ${show(after)}`];
}
