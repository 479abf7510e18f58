import { type Address, type Hex, encodeEventTopics, getAbiItem, getAddress, slice, toEventSelector } from "viem";
import type { Chain } from "../chain/connection.ts";
import { readAllLogs } from "../chain/logs.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import type { Deployment } from "../generated/addresses.ts";
import { hospitalRegistryAbi } from "../generated/abi/HospitalRegistry.ts";
import { type HeaderView, viewHeader } from "./header.ts";
import type { LinkedHeaders } from "./headers-check.ts";
import { readReceipts } from "./node.ts";
import { type ReceiptLog, logsOf, mayHold } from "./receipts.ts";
import { fail } from "./report.ts";

/** The receipts of a block, which give the root in its header. */
export interface BlockReceipts {
  view: HeaderView;
  receipts: Hex[];
}

/** The contracts of a deployment and its hospitals, and the receipts of every block that can hold an event of one of them. */
export interface ContractReceipts {
  contracts: Address[];
  blocks: BlockReceipts[];
}

const CREATED = encodeEventTopics({ abi: hospitalRegistryAbi, eventName: "HospitalCreated" })[0]!;
const CONSENT = (["Granted", "Revoked", "ConsentSucceeded"] as const).map((name) =>
  toEventSelector(getAbiItem({ abi: consentRegistryAbi, name })),
);

const lower = (address: Address) => address.toLowerCase() as Address;
const addressIn = (topic: Hex): Address => getAddress(slice(topic, 12));

function contractsOf({ fromBlock: _block, codeHash: _code, ...addresses }: Deployment): Address[] {
  return Object.values(addresses).map(lower);
}

const logsIn = (blocks: readonly BlockReceipts[]): ReceiptLog[] =>
  blocks.flatMap(({ receipts }) => receipts.flatMap(logsOf));

/** Reads the receipts of every block that can hold an event of the deployment. Throws `CHAIN_FALSE_ANSWER`, `CHAIN_FAILED`. */
export async function readContractReceipts(chain: Chain, { fields }: LinkedHeaders): Promise<ContractReceipts> {
  const own = contractsOf(chain.deployment);
  const read = async (of: typeof fields): Promise<BlockReceipts[]> => {
    const receipts = await readReceipts(chain, of);
    return of.map((header, index) => ({ view: viewHeader(header), receipts: receipts[index]! }));
  };
  const holding = (contracts: Address[]) =>
    fields.filter((header) => contracts.some((contract) => mayHold(viewHeader(header).logsBloom, [contract])));
  const first = holding(own);
  const found = await read(first);
  const registry = lower(chain.deployment.registry);
  const hospitals = logsIn(found)
    .filter(({ address, topics }) => address === registry && topics[0] === CREATED)
    .map(({ topics }) => lower(addressIn(topics[2]!)));
  const known = new Set(first);
  const more = await read(holding(hospitals).filter((header) => !known.has(header)));
  const blocks = [...found, ...more].toSorted((left, right) => Number(left.view.number - right.view.number));
  return { contracts: [...own, ...hospitals], blocks };
}

/** Everybody of whom an event of consent tells. */
export function consentingPatients({ blocks }: ContractReceipts, { consent }: Deployment): Address[] {
  const told = logsIn(blocks).filter(
    ({ address, topics }) => address === lower(consent) && topics[0] !== undefined && CONSENT.includes(topics[0]),
  );
  return [...new Set(told.map(({ topics }) => addressIn(topics[1]!)))];
}

/** An event with its place, as it is compared. */
interface PlacedEvent {
  block: bigint;
  index: number;
  text: string;
}

interface Told extends ReceiptLog {
  blockNumber: bigint;
  blockHash: Hex;
  transactionHash: Hex | undefined;
  transactionIndex: number;
  logIndex: number;
}

function placed(log: Told): PlacedEvent {
  const { blockNumber: block, logIndex: index, blockHash, transactionHash, transactionIndex } = log;
  const { address, topics, data } = log;
  const text = JSON.stringify([blockHash, transactionHash, transactionIndex, address, topics, data]).toLowerCase();
  return { block, index, text };
}

function eventsOf({ view, receipts }: BlockReceipts, hashes: readonly Hex[]): PlacedEvent[] {
  const { number: blockNumber, hash: blockHash } = view;
  return receipts
    .flatMap((receipt, transactionIndex) => logsOf(receipt).map((log) => ({ ...log, transactionIndex })))
    .map((log, logIndex) =>
      placed({ ...log, logIndex, blockNumber, blockHash, transactionHash: hashes[log.transactionIndex] }),
    );
}

/**
 * Checks that the node tells every event of the contracts, and none other, as the receipts have it. Throws `CHECK_FAILED` naming block and
 * event.
 * @param hashes of the transactions of each block
 */
export async function checkEvents(
  chain: Chain,
  { contracts, blocks }: ContractReceipts,
  hashes: ReadonlyMap<bigint, readonly Hex[]>,
  toBlock: bigint,
): Promise<[detail: string, value: true]> {
  const isOurs = (address: Address) => contracts.includes(lower(address));
  const expected = blocks.flatMap((block) => {
    const logs = block.receipts.flatMap(logsOf);
    return eventsOf(block, hashes.get(block.view.number) ?? []).filter((_, index) => isOurs(logs[index]!.address));
  });
  const told = (await readAllLogs(chain, contracts, toBlock)).map((log) => placed({ ...log, topics: [...log.topics] }));
  for (let at = 0; at < Math.max(expected.length, told.length); at++) {
    const [right, said] = [expected[at], told[at]];
    if (right !== undefined && said !== undefined && right.block === said.block)
      if (right.index === said.index && right.text === said.text) continue;
    const { block, index } = right ?? said!;
    fail(`The node tells event ${index} of block ${block} otherwise than the receipts have it.`);
  }
  return [`${expected.length} events of the contracts and hospitals, each as the receipts have it.`, true];
}
