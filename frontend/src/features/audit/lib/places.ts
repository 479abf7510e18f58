import { recordRegistryAbi, ZERO_HEAD, type Deployment } from "@chartkey/sdk";
import { getAddress, numberToHex, type Address, type Hash, type Hex, type PublicClient } from "viem";

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

/** Whether code is a contract's: an account that only delegates (ERC-7702) stays an account. */
export function isContract(code: Hex | undefined): boolean {
  return code !== undefined && code !== "0x" && !code.startsWith("0xef0100");
}

/** Where an address that was searched for is shown: a patient's ledger, a contract, or else its events. */
export async function placeOfAddress(
  client: PublicClient,
  deployment: Deployment | undefined,
  address: Address,
): Promise<string> {
  const [ledger, code] = await Promise.all([hasHead(client, deployment, address), client.getCode({ address })]);
  if (ledger) return `/audit/ledger/${address}`;
  return `/audit/${isContract(code) ? "contract" : "address"}/${address}`;
}

/** Whose ledger has an entry of this id; null when none has. */
async function patientOf(
  client: PublicClient,
  { records: address, fromBlock }: Deployment,
  recordId: Hash,
): Promise<Address | null> {
  const topics = [null, null, null, recordId];
  const range = { fromBlock: numberToHex(fromBlock), toBlock: "latest" } as const;
  const [log] = await client.request({ method: "eth_getLogs", params: [{ address, ...range, topics }] });
  const topic = log?.topics[1];
  return topic === undefined ? null : getAddress(`0x${topic.slice(26)}`);
}

/** Where 32 bytes that were searched for are shown: a block, a transaction, the ledger of a record, or else what is anchored under this digest. */
export async function placeOfHash(
  client: PublicClient,
  deployment: Deployment | undefined,
  hash: Hash,
): Promise<string> {
  const [block, transaction, patient] = await Promise.all([
    client.request({ method: "eth_getBlockByHash", params: [hash, false] }).catch(() => null),
    client.request({ method: "eth_getTransactionByHash", params: [hash] }).catch(() => null),
    deployment ? patientOf(client, deployment, hash) : null,
  ]);
  if (block) return `/audit/block/${hash}`;
  if (transaction) return `/audit/tx/${hash}`;
  return patient ? `/audit/ledger/${patient}` : `/audit/check?look=${hash}`;
}
