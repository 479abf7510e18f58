import { isHex, type AbiParameter, type Hex } from "viem";
import { typedAccount } from "../../../lib/format/typedAccount.ts";

/** A field of a form: one for each value of a function's arguments that is no struct, with its place among them. */
export interface InputField {
  readonly path: string;
  readonly name: string;
  readonly type: string;
}

/** What is wrong with a text: a key of `explorer:function.fault`. */
export type InputFault = "address" | "number" | "bytes" | "truth" | "type";

type Read = { readonly value: unknown } | { readonly fault: InputFault };

/** The fields of a function's arguments; of a struct one for each of its parts. */
export function fieldsOf(inputs: readonly AbiParameter[], prefix = ""): InputField[] {
  return inputs.flatMap((input, index) => {
    const path = `${prefix}v${index}`;
    if ("components" in input && input.type === "tuple") return fieldsOf(input.components, `${path}_`);
    return [{ path, name: input.name ?? "", type: input.type }];
  });
}

function readNumber(bits: number, text: string): Read {
  if (!/^\d{1,78}$/.test(text)) return { fault: "number" };
  const value = BigInt(text);
  if (value >> BigInt(bits) !== 0n) return { fault: "number" };
  // viem takes numbers up to 48 bits as numbers.
  return { value: bits <= 48 ? Number(value) : value };
}

function readBytes(size: number | null, text: string): Read {
  if (!isHex(text) || text.length % 2 !== 0) return { fault: "bytes" };
  return size === null || text.length === 2 + 2 * size ? { value: text.toLowerCase() as Hex } : { fault: "bytes" };
}

/** Reads one typed value: an address, a number without sign, bytes in hex, true or false, or a list of these, separated by commas. */
export function readInput(type: string, typed: string): Read {
  const text = typed.trim();
  if (type.endsWith("[]")) {
    const parts = text === "" ? [] : text.split(/[\s,]+/);
    const values = parts.map((part) => readInput(type.slice(0, -2), part));
    const wrong = values.find((read) => "fault" in read);
    return wrong ?? { value: values.map((read) => ("value" in read ? read.value : null)) };
  }
  const [, kind, size = ""] = /^([a-z]+)(\d*)$/.exec(type) ?? [];
  if (kind === "address") {
    const value = typedAccount(text);
    return value ? { value } : { fault: "address" };
  }
  if (kind === "uint") return readNumber(Number(size), text);
  if (kind === "bytes") return readBytes(size === "" ? null : Number(size), text);
  if (kind === "bool") return text === "true" || text === "false" ? { value: text === "true" } : { fault: "truth" };
  return { fault: "type" };
}

/** The arguments of a call out of the fields, which were checked. */
export function argumentsOf(
  inputs: readonly AbiParameter[],
  fields: Readonly<Record<string, string>>,
  prefix = "",
): unknown[] {
  return inputs.map((input, index) => {
    const path = `${prefix}v${index}`;
    if ("components" in input && input.type === "tuple") {
      const values = argumentsOf(input.components, fields, `${path}_`);
      return Object.fromEntries(input.components.map(({ name = "" }, place) => [name, values[place]]));
    }
    const read = readInput(input.type, fields[path] ?? "");
    return "value" in read ? read.value : undefined;
  });
}
