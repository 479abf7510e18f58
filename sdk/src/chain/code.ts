import { type Address, type Hex, type PublicClient, concatHex, getContractAddress, keccak256, numberToHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import type { Deployment } from "../generated/addresses.ts";
import { toChainError } from "./reverts.ts";

const WORD = 32;
/** EXTCODEHASH of what is no account, and of an account without code (EIP-1052); or no answer. */
const WITHOUT_CODE: readonly Hex[] = ["0x", `0x${"00".repeat(WORD)}`, keccak256("0x")];

/** Where the code of a deployment is: its contracts, then the implementation of hospitals, which the registry made. */
export function codeAddresses(deployment: Deployment): Address[] {
  const { keyDirectory, registry, consent, records, appointments, prescriptions, accessLog } = deployment;
  const hospital = getContractAddress({ from: registry, nonce: 1n });
  return [keyDirectory, registry, consent, records, appointments, prescriptions, accessLog, hospital];
}

/**
 * EVM code that returns the EXTCODEHASH of each address, a word each, after a word of zeros: what a creation returns may not begin with
 * 0xEF (EIP-3541).
 */
function hashReader(addresses: readonly Address[]): Hex {
  const push2 = (word: number) => concatHex(["0x61", numberToHex(word * WORD, { size: 2 })]);
  const stores = addresses.map((address, index) => concatHex(["0x73", address, "0x3f", push2(index + 1), "0x52"]));
  return concatHex([...stores, push2(addresses.length + 1), "0x5f", "0xf3"]);
}

/**
 * Asks in one question what code a deployment has. Throws `CHAIN_NO_CONTRACT` where there is none, and `CHAIN_OTHER_CONTRACT` where it is
 * not this build's: of another version, or somebody else's.
 */
export async function checkCode(client: PublicClient, chainId: number, deployment: Deployment): Promise<void> {
  const addresses = codeAddresses(deployment);
  const { data } = await client.call({ data: hashReader(addresses) }).catch((cause: unknown) => {
    throw toChainError(cause);
  });
  const words: Hex = `0x${(data ?? "0x").slice(2 + 2 * WORD)}`;
  const missing = addresses.find((_, index) => {
    const from = 2 + 2 * WORD * index;
    return WITHOUT_CODE.includes(`0x${words.slice(from, from + 2 * WORD)}`);
  });
  if (missing !== undefined)
    throw new ChartkeyError(
      "CHAIN_NO_CONTRACT",
      `There is no Chartkey contract at ${missing} on chain ${chainId}. Deploy it, or use the right node.`,
      { details: { address: missing, chainId } },
    );
  if (keccak256(words) !== deployment.codeHash)
    throw new ChartkeyError(
      "CHAIN_OTHER_CONTRACT",
      `The contracts on chain ${chainId} are not those of this build. Use the Chartkey that they were deployed with, or another node.`,
      { details: { chainId } },
    );
}
