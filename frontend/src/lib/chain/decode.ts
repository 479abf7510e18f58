import {
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionData,
  type Abi,
  type AbiEvent,
  type AbiFunction,
  type AbiParameter,
  type Address,
  type Hex,
} from "viem";
import type { Deployment } from "@chartkey/sdk";
import { contractAbis, contractAt, type ContractName } from "./contracts.ts";

/** A decoded argument: its name in the source, its type, and its value as text, one line for each part of a struct. */
export interface DecodedArgument {
  readonly name: string;
  readonly type: string;
  /** What the source calls the type, such as "enum Accreditation", where that is known. */
  readonly internalType?: string;
  readonly value: string;
}

/** A decoded call, event or error. `certain` is false when it is known by its shape alone, as for a hospital's clone. */
export interface Decoded {
  readonly contract: ContractName;
  readonly name: string;
  readonly arguments: readonly DecodedArgument[];
  readonly certain: boolean;
}

function flatten(parameter: AbiParameter, value: unknown, prefix = ""): DecodedArgument[] {
  const name = prefix + (parameter.name ?? "");
  const { type, internalType } = parameter;
  const own = { name, type, ...(internalType ? { internalType } : {}) };
  if (Array.isArray(value)) {
    if (!("components" in parameter) || value.length === 0) return [{ ...own, value: value.map(String).join(", ") }];
    const element = { ...parameter, type: type.replace(/\[\d*\]$/, "") };
    return value.flatMap((part, index) => flatten({ ...element, name: `${name}[${index}]` }, part));
  }
  if ("components" in parameter && typeof value === "object" && value !== null) {
    const fields = value as Record<string, unknown>;
    return parameter.components.flatMap((part) => flatten(part, fields[part.name ?? ""], `${name}.`));
  }
  return [{ ...own, value: String(value) }];
}

function attempt<Result>(
  deployment: Deployment | undefined,
  address: Address | null,
  decode: (abi: Abi, contract: ContractName) => Result,
): (Result & { certain: boolean; contract: ContractName }) | null {
  const known = address ? contractAt(deployment, address) : null;
  const names = known ? [known] : (Object.keys(contractAbis) as ContractName[]);
  for (const contract of names) {
    try {
      return { ...decode(contractAbis[contract], contract), contract, certain: known !== null };
    } catch {
      // Not of this contract.
    }
  }
  return null;
}

/** Decodes the input of a transaction; null when no contract of ours has such a function. */
export function decodeCall(deployment: Deployment | undefined, to: Address, data: Hex): Decoded | null {
  return attempt(deployment, to, (abi) => {
    const { functionName, args = [] } = decodeFunctionData({ abi, data });
    const item = abi.find(
      (entry): entry is AbiFunction =>
        entry.type === "function" && entry.name === functionName && entry.inputs.length === args.length,
    );
    return {
      name: functionName,
      arguments: (item?.inputs ?? []).flatMap((input, index) => flatten(input, args[index])),
    };
  });
}

/** Decodes a log; null when no contract of ours has such an event. */
export function decodeLog(
  deployment: Deployment | undefined,
  log: { readonly address: Address; readonly data: Hex; readonly topics: readonly Hex[] },
): Decoded | null {
  return attempt(deployment, log.address, (abi) => {
    const topics = log.topics as [Hex, ...Hex[]];
    const { eventName, args = {} } = decodeEventLog({ abi, data: log.data, topics });
    const values = args as Record<string, unknown>;
    const item = abi.find((entry): entry is AbiEvent => entry.type === "event" && entry.name === eventName);
    return {
      name: eventName ?? "",
      arguments: (item?.inputs ?? []).flatMap((input) => flatten(input, values[input.name ?? ""])),
    };
  });
}

/** Decodes the data of a revert; null when no contract of ours has such an error. */
export function decodeRevert(deployment: Deployment | undefined, to: Address, data: Hex): Decoded | null {
  return attempt(deployment, to, (abi) => {
    const { errorName, args = [], abiItem } = decodeErrorResult({ abi, data });
    const inputs = "inputs" in abiItem ? abiItem.inputs : [];
    return {
      name: errorName,
      arguments: inputs.flatMap((input, index) => flatten(input, (args as readonly unknown[])[index])),
    };
  });
}

/** What a function answered: each value by its name in the source, or as `answer` where it has none. */
export function decodeAnswer({ outputs }: AbiFunction, answer: unknown): DecodedArgument[] {
  const values = outputs.length === 1 ? [answer] : (answer as readonly unknown[]);
  return outputs.flatMap((output, index) => flatten({ ...output, name: output.name || "answer" }, values[index]));
}
