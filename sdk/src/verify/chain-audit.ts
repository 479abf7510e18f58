import { type Address, type Hex, getAbiItem, getAddress } from "viem";
import type { Chain } from "../chain/connection.ts";
import { readConsent } from "../chain/consent.ts";
import { type LedgerEntry, ZERO_HEAD, findBreak } from "../chain/head.ts";
import { readLogs } from "../chain/logs.ts";
import { type Succession, findForeignEntry } from "../chain/succession.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { factsIn, isEntry, mayHoldFacts, patientOf } from "./entries.ts";
import { viewHeader } from "./header.ts";
import { type LinkedHeaders, checkLinks, checkSeals } from "./headers-check.ts";
import { readHeaders, readReceipts } from "./node.ts";
import { Checklist, type Report, fail } from "./report.ts";
import { workNotShown, workShown } from "./work.ts";

const GRANTED = getAbiItem({ abi: consentRegistryAbi, name: "Granted" });
const REVOKED = getAbiItem({ abi: consentRegistryAbi, name: "Revoked" });
const SUCCEEDED = getAbiItem({ abi: consentRegistryAbi, name: "ConsentSucceeded" });

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
  /** The first entry that is by the wrong account. */
  foreign: LedgerEntry | undefined;
}

async function readProven(chain: Chain, { fields }: LinkedHeaders, patient: Address | undefined): Promise<Proven> {
  const { deployment } = chain;
  const held = fields.filter((header) => mayHoldFacts(viewHeader(header).logsBloom, deployment, patient));
  const facts = (await readReceipts(chain, held))
    .flatMap((receipts) => factsIn(receipts, deployment))
    .filter((fact) => patient === undefined || patientOf(fact) === patient);
  const ledgers = new Map<Address, LedgerEntry[]>(patient === undefined ? [] : [[patient, []]]);
  const successions = new Map<Address, Succession[]>();
  for (const fact of facts)
    if (isEntry(fact)) ledgers.set(fact.patient, [...(ledgers.get(fact.patient) ?? []), fact]);
    else successions.set(fact.account, [...(successions.get(fact.account) ?? []), fact]);
  return { ledgers, successions, foreign: findForeignEntry(facts) };
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

async function consentingPatients(chain: Chain, toBlock: bigint): Promise<Address[]> {
  const { consent: address } = chain.deployment;
  const [granted, revoked, succeeded] = await Promise.all([
    readLogs(chain, { address, event: GRANTED, toBlock }),
    readLogs(chain, { address, event: REVOKED, toBlock }),
    readLogs(chain, { address, event: SUCCEEDED, toBlock }),
  ]);
  return [...new Set([...granted, ...revoked, ...succeeded].map(({ args }) => args.patient))];
}

/**
 * `proven` names patients of whom something else is proved: a node cannot hide a list of consent by withholding all of it. A list has
 * to name the successors that the receipts name.
 */
async function checkConsents(
  chain: Chain,
  patient: Address | undefined,
  proven: Proven | undefined,
  toBlock: bigint,
): Promise<[string, number]> {
  const known = [...(proven?.ledgers.keys() ?? []), ...(proven?.successions.keys() ?? [])];
  const all = [...(await consentingPatients(chain, toBlock)), ...known].map((address) => getAddress(address));
  const patients = patient === undefined ? [...new Set(all)] : [patient];
  let changes = 0;
  for (const each of patients) {
    const consent = await readConsent(chain, each, toBlock);
    const said = consent.changes.filter(({ kind }) => kind === "succession").map(({ grantee }) => grantee);
    const shown = (proven?.successions.get(each) ?? []).map(({ successor }) => successor);
    if (proven !== undefined && said.join() !== shown.join())
      fail(`The list of consent of ${each} does not name the successors that the receipts name.`);
    changes += consent.changes.length;
  }
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
  const work = linked && (await list.run("seals", () => checkSeals(linked, chain.id)));
  const proven =
    linked &&
    (await list.run("receipts", async () => {
      const found = await readProven(chain, linked, whose);
      return [
        "The receipts of all blocks that can hold entries or successions give the roots in their headers.",
        found,
      ];
    }));
  const entries = proven && (await list.run("ledgers", () => checkHeads(chain, proven, block)));
  await list.run("consent", () => checkConsents(chain, whose, proven, block));
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
