import { type Abi, type AbiParameter, type Address, getAbiItem, isAddress, zeroAddress } from "viem";

/** What contracts call the account that a call gives something to or takes it from, or that it books. */
const NAMES: readonly (string | undefined)[] = ["grantee", "delegate", "doctor"];

function find(
  inputs: readonly AbiParameter[],
  valueOf: (input: AbiParameter, at: number) => unknown,
): Address | undefined {
  for (const [at, input] of inputs.entries()) {
    const value = valueOf(input, at);
    if (input.type === "address" && NAMES.includes(input.name))
      return typeof value === "string" && isAddress(value) && value !== zeroAddress ? value : undefined;
    if (!("components" in input) || typeof value !== "object" || value === null) continue;
    const inside = find(input.components, ({ name }) => (value as Record<string, unknown>)[name ?? ""]);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** The account that a call is about beside its sender and the patient, by the names of its arguments; undefined when there is none. */
export function aboutOf(abi: Abi, functionName: string, args: readonly unknown[]): Address | undefined {
  const item = getAbiItem({ abi, name: functionName, args } as { abi: Abi; name: string; args: readonly never[] });
  return item?.type === "function" ? find(item.inputs, (_, at) => args[at]) : undefined;
}
