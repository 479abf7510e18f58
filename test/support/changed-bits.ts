import type { Hex } from "viem";

const DIGITS = /^0x[0-9a-f]*$/;

/** A hex string or quantity with one bit of one digit changed: of each digit, or of one in `step`. */
export function* changedDigits(value: Hex, step = 1): Generator<Hex> {
  for (let at = 2; at < value.length; at += step) {
    const digit = Number.parseInt(value[at]!, 16) ^ (1 << (at % 4));
    yield `${value.slice(0, at)}${digit.toString(16)}${value.slice(at + 1)}` as Hex;
  }
}

/** A value of JSON with one bit changed at a time, and the place of it, such as `logs[0].data`. */
export function* changedLeaves<T>(
  value: T,
  step = 1,
  skip: readonly string[] = [],
): Generator<[place: string, changed: T]> {
  for (const [place, keys, leaf] of leavesOf(value, []))
    if (!skip.includes(String(keys.at(-1))))
      for (const other of changesOf(leaf, step)) yield [place, withLeaf(value, keys, other) as T];
}

type Key = string | number;

function* leavesOf(value: unknown, keys: Key[]): Generator<[place: string, keys: Key[], leaf: unknown]> {
  if (typeof value !== "object" || value === null) {
    yield [
      keys
        .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
        .join("")
        .replace(/^\./, ""),
      keys,
      value,
    ];
    return;
  }
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, item] of entries) yield* leavesOf(item, [...keys, key]);
}

function* changesOf(leaf: unknown, step: number): Generator<unknown> {
  if (typeof leaf === "number") yield leaf ^ 1;
  else if (typeof leaf !== "string") return;
  else if (DIGITS.test(leaf)) yield* changedDigits(leaf as Hex, step);
  else
    for (let at = 0; at < leaf.length; at += step)
      yield `${leaf.slice(0, at)}${String.fromCharCode(leaf.charCodeAt(at) ^ 1)}${leaf.slice(at + 1)}`;
}

function withLeaf(value: unknown, [key, ...rest]: readonly Key[], leaf: unknown): unknown {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.with(Number(key), withLeaf(value[Number(key)], rest, leaf));
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: withLeaf(fields[key], rest, leaf) };
}
