import { recordRegistryAbi, ZERO_HEAD, type Deployment } from "@chartkey/sdk";
import type { Address, Hash, PublicClient } from "viem";

/** Whether an address has a ledger: a head in the contract. */
export async function hasHead(
  client: PublicClient,
  deployment: Deployment | undefined,
  patient: Address,
): Promise<boolean> {
  if (!deployment) return false;
  const { records: address } = deployment;
  const query = { address, abi: recordRegistryAbi, functionName: "head", args: [patient] } as const;
  // Where there are no contracts there are no ledgers; the page of the address is there all the same.
  const head = await client.readContract(query).catch(() => ZERO_HEAD);
  return head !== ZERO_HEAD;
}

/** Where an address that was searched for is shown: a patient's ledger, or else its events. */
export async function placeOfAddress(
  client: PublicClient,
  deployment: Deployment | undefined,
  address: Address,
): Promise<string> {
  return `/audit/${(await hasHead(client, deployment, address)) ? "ledger" : "address"}/${address}`;
}

/** Where 32 bytes that were searched for are shown: a block, a transaction, or else what is anchored under this digest. */
export async function placeOfHash(client: PublicClient, hash: Hash): Promise<string> {
  const [block, transaction] = await Promise.all([
    client.request({ method: "eth_getBlockByHash", params: [hash, false] }).catch(() => null),
    client.request({ method: "eth_getTransactionByHash", params: [hash] }).catch(() => null),
  ]);
  if (block) return `/audit/block/${hash}`;
  return transaction ? `/audit/tx/${hash}` : `/audit/check?look=${hash}`;
}
