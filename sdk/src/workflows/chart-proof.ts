import type { AuditEvent, Consent, Provenance, Reference } from "@medplum/fhirtypes";
import type { Hex } from "viem";
import type { Chain } from "../chain/connection.ts";
import { type AnchoredChange, readConsent } from "../chain/consent.ts";
import { sequenceOf } from "../chain/head.ts";
import type { AnchoredEntry } from "../chain/ledger.ts";
import { toAuditEvent } from "../records/access-log.ts";
import type { Anchor } from "../records/anchor.ts";
import { type CategoryName, categoryName } from "../records/categories.ts";
import { buildConsent } from "../records/consents.ts";
import { buildRecordProvenance } from "../records/provenances.ts";
import { toCid } from "../storage/cid.ts";
import { readAccessLog } from "./access-log.ts";
import { fromScope } from "./consent.ts";
import type { Deliveries } from "./deliveries.ts";
import type { OpenedRecord } from "./opened-record.ts";
import { type UnlockedSession, accountOf, sameAddress } from "./session.ts";
import type { Timeline } from "./timeline.ts";

/** What the chain says of a chart besides its records: who may and might read it, what was done with it, and where each entry stands. */
export interface ChartProof extends Pick<Deliveries, "silent"> {
  consents: Consent[];
  /** Of the patient's own chart alone: stores tell nobody else. */
  events: AuditEvent[];
  provenanceOf(record: OpenedRecord, targets: Reference<never>[]): Provenance | undefined;
}

/** Blocks asked for at the same time. */
const PARALLEL = 8;
/** Days of deliveries that stores are asked for. */
const DAYS = 30;
const DAY_MS = 86_400_000;

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
const namesOf = (mask: number): CategoryName[] => fromScope(mask).flatMap((category) => categoryName(category) ?? []);

interface Block {
  hash: Hex;
  /** Unix seconds. */
  time: number;
}

/** The blocks of these numbers. Throws what the chain throws. */
async function readBlocks({ client }: Chain, numbers: Iterable<bigint>): Promise<Map<bigint, Block>> {
  const blocks = new Map<bigint, Block>();
  const queue = new Set(numbers).values();
  const work = async () => {
    for (const blockNumber of queue) {
      const { hash, timestamp } = await client.getBlock({ blockNumber });
      blocks.set(blockNumber, { hash, time: Number(timestamp) });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return blocks;
}

/** Each grant with the change that ended it: a revocation, another grant to the same reader, or that he succeeded the patient. */
function* grantsOf(changes: readonly AnchoredChange[]): Generator<{ grant: AnchoredChange; ending?: AnchoredChange }> {
  for (const [place, grant] of changes.entries()) {
    if (grant.kind !== "grant") continue;
    const ending = changes.slice(place + 1).find(({ grantee }) => sameAddress(grantee, grant.grantee));
    yield ending === undefined ? { grant } : { grant, ending };
  }
}

/**
 * Reads what an export says of a chart besides its records. Throws what `readConsent` and the chain throw; for the patient, also what
 * `readAccessLog` throws, as `WALLET_REJECTED`.
 * @param date an instant: when the export is made
 */
export async function readChartProof(session: UnlockedSession, timeline: Timeline, date: string): Promise<ChartProof> {
  const { chain } = session;
  const { patient, entries, notices, blockNumber } = timeline;
  const since = new Date(Date.parse(date) - DAYS * DAY_MS).toISOString().slice(0, 10);
  const isOwn = sameAddress(accountOf(session), patient);
  const [{ changes }, { lines, silent }] = await Promise.all([
    readConsent(chain, patient, blockNumber),
    isOwn ? readAccessLog(session, patient, { since }) : { lines: [], silent: [] },
  ]);
  const anchored = new Map([...entries, ...notices].map(({ entry }) => [entry.recordId, entry]));
  const places = [...changes, ...anchored.values()];
  const blocks = await readBlocks(
    chain,
    places.map((place) => place.blockNumber),
  );
  const anchorOf = (contract: Anchor["contract"], place: AnchoredChange | AnchoredEntry): Anchor => ({
    ...{ chainId: chain.id, contract, blockNumber: place.blockNumber, transactionHash: place.transactionHash },
    blockHash: blocks.get(place.blockNumber)!.hash,
  });
  const { consent, records, registry } = chain.deployment;
  const consents = [...grantsOf(changes)].map(({ grant, ending }) => {
    const { grantee: reader, hospital, read, write, expiry, head } = grant;
    const timeOf = (change: AnchoredChange) => blocks.get(change.blockNumber)!.time;
    const end = Math.min(expiry, ending === undefined ? expiry : timeOf(ending));
    const isActive = ending === undefined && expiry * 1000 > Date.parse(date);
    const terms = { patient, reader, hospital, read: namesOf(read), write: namesOf(write), head, isActive };
    const period = { start: instant(timeOf(grant)), end: instant(end) };
    const ended = ending === undefined ? {} : { ended: anchorOf(consent, ending) };
    return buildConsent({ ...terms, ...period, anchor: anchorOf(consent, grant), ...ended }, registry);
  });
  const provenanceOf: ChartProof["provenanceOf"] = (record, targets) => {
    const { recordId, index, author, hospital, time, payload } = record;
    const entry = anchored.get(recordId);
    if (entry === undefined || payload === undefined) return undefined;
    const batch = entry.batch === undefined ? {} : { root: entry.batch.root };
    const stands = { recordId, sequence: sequenceOf(recordId), index, digest: payload.digest, ...batch };
    const anchor = { ...anchorOf(records, entry), ...stands, cid: toCid(payload).toString() };
    return buildRecordProvenance(targets, { author, hospital, recorded: instant(time), anchor }, registry);
  };
  return { consents, events: lines.map(toAuditEvent), provenanceOf, silent };
}
