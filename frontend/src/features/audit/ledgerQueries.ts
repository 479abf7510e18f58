import { queryOptions } from "@tanstack/react-query";
import {
  auditConsent,
  auditLedger,
  findInBatches,
  readAnchors,
  readPatients,
  type ContentReference,
  type ConsentAudit,
  type LedgerAudit,
  type ReadSession,
} from "@chartkey/sdk";
import type { Address } from "viem";
import { onChain } from "./onChain.ts";

/** Ledgers on a page of the list. */
export const LEDGERS_PER_PAGE = 20;

/** What one patient's ledger and consent are found to be as of a block. */
export interface AuditedPatient {
  readonly ledger: LedgerAudit;
  readonly consent: ConsentAudit;
}

// Keys name the block, so an answer never grows old; a chain that was reset is short and its blocks are not asked for again.
const settled = { staleTime: Infinity } as const;

/** Patients that have a ledger as of a block, the newest ledger first. */
export function patientsQuery(session: ReadSession | null, block: bigint) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "patients", block],
    queryFn: async () => (await readPatients(onChain(session).chain, block)).toReversed(),
    ...settled,
  });
}

async function auditPatient({ chain }: ReadSession, patient: Address, block: bigint): Promise<AuditedPatient> {
  const [ledger, consent] = await Promise.all([
    auditLedger(chain, patient, block),
    auditConsent(chain, patient, block),
  ]);
  return { ledger, consent };
}

/** A page of ledgers, each recomputed here. */
export function ledgersQuery(session: ReadSession | null, block: bigint, patients: readonly Address[]) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "ledgers", block, patients],
    queryFn: () => Promise.all(patients.map((patient) => auditPatient(onChain(session), patient, block))),
    ...settled,
  });
}

/** One ledger with the consent, and the time (Unix seconds) of the block as of which they are read. */
export function ledgerQuery(session: ReadSession | null, block: bigint, patient: Address) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "ledger", block, patient.toLowerCase()],
    queryFn: async () => {
      const reading = onChain(session);
      const [audited, { timestamp }] = await Promise.all([
        auditPatient(reading, patient, block),
        reading.chain.client.getBlock({ blockNumber: block }),
      ]);
      return { ...audited, time: Number(timestamp) };
    },
    ...settled,
  });
}

/** Every digest that an event names as of a block. */
export function anchorsQuery(session: ReadSession | null, block: bigint) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "anchors", block],
    queryFn: () => readAnchors(onChain(session).chain, block),
    ...settled,
  });
}

/** Whether files of these references are among the records of batches as of a block. */
export function batchesQuery(session: ReadSession | null, block: bigint, references: readonly ContentReference[]) {
  return queryOptions({
    queryKey: ["audit", session?.chain.id ?? 0, "batches", block, references],
    queryFn: async () => {
      const reading = onChain(session);
      const { entries } = await readAnchors(reading.chain, block);
      const searches = await Promise.all(references.map((reference) => findInBatches(reading, entries, reference)));
      const unknown = [...new Set(searches.flatMap((search) => search.unknown))];
      return { entries, found: searches.flatMap(({ found }) => found), unknown };
    },
    // Not settled: a store may deliver later what it does not have now.
  });
}
