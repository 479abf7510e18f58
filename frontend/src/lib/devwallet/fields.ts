import type { TypedDataDefinition } from "viem";
import type { DecodedArgument } from "../chain/decode.ts";

type Types = Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;

function fieldsOf(types: Types, type: string, message: unknown, prefix: string): DecodedArgument[] {
  const values = (message ?? {}) as Readonly<Record<string, unknown>>;
  return (types[type] ?? []).flatMap((field) => {
    const name = prefix + field.name;
    const value = values[field.name];
    if (types[field.type]) return fieldsOf(types, field.type, value, `${name}.`);
    const text = Array.isArray(value) ? value.map((item) => JSON.stringify(item)).join(", ") : String(value);
    return [{ name, type: field.type, value: text }];
  });
}

/** The fields of typed data in the order they are signed in; a struct's fields are named `struct.field`. */
export function typedDataFields(data: TypedDataDefinition): DecodedArgument[] {
  return fieldsOf(data.types as Types, data.primaryType, data.message, "");
}
