import type { Identifier, Reference } from "@medplum/fhirtypes";
import type { Address } from "viem";

const SYSTEM = "urn:ietf:rfc:3986";

/** An account of a chain as a FHIR Identifier, by its CAIP-10 name. */
export function accountIdentifier(chainId: number, account: Address): Identifier {
  return { system: SYSTEM, value: `eip155:${chainId}:${account}` };
}

/** The account of this chain that a reference names; undefined when it names none. Its author may have named anybody. */
export function accountOfReference(chainId: number, { identifier }: Reference): Address | undefined {
  if (identifier?.system !== SYSTEM) return undefined;
  const found = /^eip155:(\d{1,16}):(0x[0-9a-f]{40})$/i.exec(identifier.value ?? "");
  return found && Number(found[1]) === chainId ? (found[2] as Address) : undefined;
}
