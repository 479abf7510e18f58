import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  type Hex,
  isAddressEqual,
  parseAbi,
  recoverAddress,
} from "viem";
import type { Chain } from "./connection.ts";

const ERC1271 = parseAbi(["function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)"]);
const ERC1271_MAGIC = "0x1626ba7e";

/** Undefined for what a contract refuses or does not have; a node that does not answer is another matter, and thrown on. */
export async function orRefused<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    const refused = (cause: unknown) =>
      cause instanceof ContractFunctionRevertedError || cause instanceof ContractFunctionZeroDataError;
    if (error instanceof BaseError && error.walk(refused)) return undefined;
    throw error;
  }
}

/** As the contracts do it: whoever has code answers for himself (ERC-1271, so ERC-7702 too), everybody else's key does. */
export async function isHashSignedBy({ client }: Chain, account: Address, hash: Hex, signature: Hex): Promise<boolean> {
  const code = await client.getCode({ address: account });
  if (code === undefined || code === "0x") {
    const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
    return signer !== undefined && isAddressEqual(signer, account);
  }
  const call = { address: account, abi: ERC1271, functionName: "isValidSignature", args: [hash, signature] } as const;
  return (await orRefused(client.readContract(call))) === ERC1271_MAGIC;
}
