import { type Address, type Hex, getAbiItem, getAddress } from "viem";
import type { Chain } from "../chain/connection.ts";
import { readConsent } from "../chain/consent.ts";
import { type LedgerEntry, ZERO_HEAD, findBreak } from "../chain/head.ts";
import { readLogs } from "../chain/logs.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { entriesIn, mayHoldEntries } from "./entries.ts";
import { viewHeader } from "./header.ts";
import { type LinkedHeaders, checkLinks, checkSeals } from "./headers-check.ts";
import { readHeaders, readReceipts } from "./node.ts";
import { Checklist, type Report, fail } from "./report.ts";

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const REVOKED = getAbiItem({ abi: consentRegistryAbi, name: "Revoked" });

/** What was checked of a chain. */
export interface ChainReport extends Report {
  chainId: number;
  block: number;
  blockHash?: Hex;
  patients: number;
  entries: number;
}

/** Entries of each patient, by address, from receipts that give the roots in their headers. */
async function provenEntries(chain: Chain, { fields }: LinkedHeaders, patient: Address | undefined) {
  const { records } = chain.deployment;
  const held = fields.filter((header) => mayHoldEntries(viewHeader(header).logsBloom, records, patient));
  const entries = (await readReceipts(chain, held)).flatMap((receipts) => entriesIn(receipts, records));
  const ledgers = new Map<Address, LedgerEntry[]>(patient === undefined ? [] : [[patient, []]]);
  for (const entry of entries)
    if (patient === undefined || entry.patient === patient)
      ledgers.set(entry.patient, [...(ledgers.get(entry.patient) ?? []), entry]);
  return ledgers;
}

async function checkHeads(
  chain: Chain,
  ledgers: Map<Address, LedgerEntry[]>,
  blockNumber: bigint,
): Promise<[string, number]> {
  const { records: address } = chain.deployment;
  let count = 0;
  for (const [patient, entries] of ledgers) {
    const broken = findBreak({ chainId: chain.id, registry: address }, entries);
    if (broken !== undefined)
      fail(`Entry ${broken.recordId} of ${patient} does not follow from the entries before it.`);
    const query = { address, abi: recordRegistryAbi, functionName: "head", args: [patient], blockNumber } as const;
    const head = await chain.client.readContract(query);
    if ((entries.at(-1)?.recordId ?? ZERO_HEAD) !== head)
      fail(`The ledger of ${patient} does not reach its head in the contract.`);
    count += entries.length;
  }
  return [`${ledgers.size} ledgers with ${count} entries, each recomputed to its head in the contract.`, count];
}

async function consentingPatients(chain: Chain, toBlock: bigint): Promise<Address[]> {
  const { consent: address } = chain.deployment;
  const [granted, revoked] = await Promise.all([
    readLogs(chain, { address, event: GRANTED, toBlock }),
    readLogs(chain, { address, event: REVOKED, toBlock }),
  ]);
  return [...new Set([...granted, ...revoked].map(({ args }) => args.patient))];
}

/** `known` are patients of whom something else is proved: a node cannot hide a list of consent by withholding all of it. */
async function checkConsents(
  chain: Chain,
  patient: Address | undefined,
  known: Iterable<string>,
  toBlock: bigint,
): Promise<[string, number]> {
  const all = [...(await consentingPatients(chain, toBlock)), ...known].map((address) => getAddress(address));
  const patients = patient === undefined ? [...new Set(all)] : [patient];
  let changes = 0;
  for (const each of patients) changes += (await readConsent(chain, each)).changes.length;
  return [
    `${changes} changes of consent of ${patients.length} patients, each list replayed to its head in the contract.`,
    changes,
  ];
}

/**
 * Checks a chain through its node, believing nothing that can be recomputed: every header's hash, link and seal from the deployment on,
 * receipts against their roots, every patient's ledger (or one's) to the head in the contract, and every list of consent to its head.
 */
export async function verifyAgainstChain(chain: Chain, patient?: Address): Promise<ChainReport> {
  const whose = patient === undefined ? undefined : getAddress(patient);
  const list = new Checklist();
  const block = await chain.client.getBlockNumber({ cacheTime: 0 });
  const first = chain.deployment.fromBlock;
  const linked = await list.run("links", async () => checkLinks(await readHeaders(chain, first, block), first));
  const difficulty = linked && (await list.run("seals", () => checkSeals(linked, chain.id)));
  const ledgers =
    linked &&
    (await list.run("receipts", async () => {
      const found = await provenEntries(chain, linked, whose);
      return ["The receipts of all blocks that can hold entries give the roots in their headers.", found];
    }));
  const entries = ledgers && (await list.run("ledgers", () => checkHeads(chain, ledgers, block)));
  await list.run("consent", () => checkConsents(chain, whose, ledgers?.keys() ?? [], block));
  const last = linked?.views.at(-1);
  const work = BigInt(linked?.views.length ?? 0) * (difficulty ?? 0n);
  const proved = [
    `Up to block ${block}, the ledgers of ${ledgers?.size ?? 0} patients are whole: ${entries ?? 0} entries, none missing, altered or out of order.`,
    "Every list of consent is whole.",
    ...(work > 0n ? [`To make other blocks, about ${work} SHA-256 computations are needed.`] : []),
  ];
  const notProved = [
    `That this node follows the chain that others have: compare block ${block}, ${last?.hash ?? ""}, with another node.`,
  ];
  return {
    ...list.report(proved, notProved),
    chainId: chain.id,
    block: Number(block),
    ...(last === undefined ? {} : { blockHash: last.hash }),
    patients: ledgers?.size ?? 0,
    entries: entries ?? 0,
  };
}
