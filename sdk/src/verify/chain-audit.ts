import { type Address, type Hex, getAddress } from "viem";
import type { Chain } from "../chain/connection.ts";
import { auditConsent } from "../chain/consent.ts";
import { type LedgerEntry, ZERO_HEAD, findBreak } from "../chain/head.ts";
import { type Succession, findForeignEntry } from "../chain/succession.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import type { Deployment } from "../generated/addresses.ts";
import { type LedgerFact, factsIn, isEntry, mayHoldFacts, patientOf } from "./entries.ts";
import { type ContractReceipts, checkEvents, consentingPatients, readContractReceipts } from "./events-check.ts";
import { viewHeader } from "./header.ts";
import { type LinkedHeaders, checkLinks, checkSeals } from "./headers-check.ts";
import { readHeaders, readReceipts, readTransactions } from "./node.ts";
import { Checklist, type Report, fail } from "./report.ts";
import { workNotShown, workShown } from "./work.ts";

/** What was checked of a chain. */
export interface ChainReport extends Report {
  chainId: number;
  block: number;
  blockHash?: Hex;
  patients: number;
  entries: number;
}

/** What receipts that give the roots in their headers say of patients, by address, in the order of the chain. */
interface Proven {
  ledgers: Map<Address, LedgerEntry[]>;
  successions: Map<Address, Succession[]>;
  /** Whose list of consent is to be replayed: a node cannot hide one by withholding all of it. */
  patients: Address[];
  /** When the whole chain was asked for. */
  contracts?: ContractReceipts;
  /** The first entry that is by the wrong account. */
  foreign: LedgerEntry | undefined;
}

function provenBy(deployment: Deployment, receipts: readonly Hex[][], patient?: Address): Proven {
  const whose = (fact: LedgerFact) => getAddress(patientOf(fact));
  const facts = receipts
    .flatMap((each) => factsIn(each, deployment))
    .filter((fact) => patient === undefined || whose(fact) === patient);
  const ledgers = new Map<Address, LedgerEntry[]>(patient === undefined ? [] : [[patient, []]]);
  const successions = new Map<Address, Succession[]>();
  for (const fact of facts)
    if (isEntry(fact)) ledgers.set(fact.patient, [...(ledgers.get(fact.patient) ?? []), fact]);
    else successions.set(fact.account, [...(successions.get(fact.account) ?? []), fact]);
  const patients = patient === undefined ? [...new Set(facts.map(whose))] : [patient];
  return { ledgers, successions, patients, foreign: findForeignEntry(facts) };
}

/** Of one patient: the receipts of the blocks that can hold what is asked of him. */
async function readPatient(chain: Chain, { fields }: LinkedHeaders, patient: Address): Promise<[string, Proven]> {
  const held = fields.filter((header) => mayHoldFacts(viewHeader(header).logsBloom, chain.deployment, patient));
  return [
    "The receipts of all blocks that can hold his entries or successions give the roots in their headers.",
    provenBy(chain.deployment, await readReceipts(chain, held), patient),
  ];
}

/** Of everybody: the receipts of the blocks that can hold an event of the contracts. */
async function readEverybody(chain: Chain, linked: LinkedHeaders): Promise<[string, Proven]> {
  const contracts = await readContractReceipts(chain, linked);
  const receipts = contracts.blocks.map((block) => block.receipts);
  const proven = provenBy(chain.deployment, receipts);
  const patients = [...new Set([...proven.patients, ...consentingPatients(contracts, chain.deployment)])];
  return [
    "The receipts of all blocks that can hold an event of the contracts give the roots in their headers.",
    { ...proven, patients, contracts },
  ];
}

async function checkHeads(chain: Chain, { ledgers, foreign }: Proven, blockNumber: bigint): Promise<[string, number]> {
  const { records: address } = chain.deployment;
  if (foreign !== undefined)
    fail(`Entry ${foreign.recordId} of ${foreign.patient} names no hospital, and its author did not act for him then.`);
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
  return [`Ledgers, each recomputed to its head in the contract: ${ledgers.size}. Their entries: ${count}.`, count];
}

/** A list has to name the successors that the receipts name. */
async function checkConsents(
  chain: Chain,
  { patients, successions }: Proven,
  toBlock: bigint,
): Promise<[string, number]> {
  let changes = 0;
  for (const each of patients) {
    const consent = await auditConsent(chain, each, toBlock);
    if (consent.finding !== undefined) fail(`The list of consent of ${each} does not reach its head in the contract.`);
    const said = consent.changes.filter(({ kind }) => kind === "succession").map(({ grantee }) => grantee);
    const shown = (successions.get(each) ?? []).map(({ successor }) => successor);
    if (said.join() !== shown.join())
      fail(`The list of consent of ${each} does not name the successors that the receipts name.`);
    changes += consent.changes.length;
  }
  return [
    `${changes} changes of consent of ${patients.length} patients, each list replayed to its head in the contract.`,
    changes,
  ];
}

async function checkTransactions(
  chain: Chain,
  { fields }: LinkedHeaders,
): Promise<[string, ReadonlyMap<bigint, readonly Hex[]>]> {
  const hashes = await readTransactions(chain, fields);
  const count = [...hashes.values()].reduce((sum, list) => sum + list.length, 0);
  return [`${count} transactions, which give the roots in the headers of their blocks.`, hashes];
}

/**
 * Checks a chain through its node, believing nothing that can be recomputed: every header's hash, link and seal from the deployment on,
 * transactions and receipts against their roots, every event of the contracts against the receipts, every patient's ledger to the head in
 * the contract, and every list of consent to its head. With `patient`: his ledger and list of consent alone.
 */
export async function verifyAgainstChain(chain: Chain, patient?: Address): Promise<ChainReport> {
  const whose = patient === undefined ? undefined : getAddress(patient);
  const list = new Checklist();
  const block = await chain.client.getBlockNumber({ cacheTime: 0 });
  const first = chain.deployment.fromBlock;
  const linked = await list.run("links", async () => checkLinks(await readHeaders(chain, first, block), first));
  const work = linked && (await list.run("seals", () => checkSeals(linked, chain.id)));
  const transactions = await (whose === undefined && linked
    ? list.run("transactions", () => checkTransactions(chain, linked))
    : undefined);
  const proven =
    linked &&
    (await list.run("receipts", () =>
      whose === undefined ? readEverybody(chain, linked) : readPatient(chain, linked, whose),
    ));
  const contracts = proven?.contracts;
  if (contracts && transactions) await list.run("events", () => checkEvents(chain, contracts, transactions, block));
  const entries = proven && (await list.run("ledgers", () => checkHeads(chain, proven, block)));
  if (proven) await list.run("consent", () => checkConsents(chain, proven, block));
  const last = linked?.views.at(-1);
  const proved = [
    `Up to block ${block}, the ledgers are whole (patients: ${proven?.ledgers.size ?? 0}, entries: ${entries ?? 0}): none missing, altered or out of order.`,
    "Every list of consent is whole.",
    ...workShown(work ?? 0n),
  ];
  const notProved = [
    `That this node follows the chain that others have: compare block ${block}, ${last?.hash ?? ""}, with another node.`,
    ...workNotShown(work ?? 0n),
  ];
  return {
    ...list.report(proved, notProved),
    chainId: chain.id,
    block: Number(block),
    ...(last === undefined ? {} : { blockHash: last.hash }),
    patients: proven?.ledgers.size ?? 0,
    entries: entries ?? 0,
  };
}
