import type { Address } from "viem";
import { type Chain } from "../chain/connection.ts";
import { readConsent } from "../chain/consent.ts";
import { readEmergencies } from "../chain/emergencies.ts";
import { readLedger } from "../chain/ledger.ts";
import type { AccessAct, AccessLine } from "../records/access-log.ts";
import { type CategoryName, categoryName } from "../records/categories.ts";
import { fromScope, toScope } from "./consent.ts";
import { type Deliveries, readDeliveries } from "./deliveries.ts";
import type { ReadSession } from "./session.ts";

const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
const namesOf = (mask: number): CategoryName[] => fromScope(mask).flatMap((category) => categoryName(category) ?? []);
const CONSENT_ACTS = { grant: "granted", revoke: "revoked", succession: "succeeded" } as const;

/** The lines of an access log, oldest first, and the stores that did not say what they handed out. */
export interface AccessLog extends Pick<Deliveries, "silent"> {
  lines: AccessLine[];
}

/** Times of blocks, each asked for once. */
function blockTimes({ client }: Chain): (blockNumber: bigint) => Promise<number> {
  const known = new Map<bigint, Promise<number>>();
  return (blockNumber) => {
    const asked = known.get(blockNumber) ?? client.getBlock({ blockNumber }).then(({ timestamp }) => Number(timestamp));
    known.set(blockNumber, asked);
    return asked;
  };
}

/**
 * Who was given access to a chart, who added to it, opened it in an emergency, and was handed its files, oldest first. What the chain says
 * is complete from the beginning, and checked to its heads; deliveries are what the stores say that did (`readDeliveries`), from the day `since` (UTC, "2026-01-31") on.
 * For the patient. Throws what `readLedger`, `readConsent`, `readEmergencies` and `readDeliveries` throw.
 */
export async function readAccessLog(
  session: ReadSession,
  patient: Address,
  { since }: { since: string },
): Promise<AccessLog> {
  const { chain } = session;
  const account = (address: Address) => `eip155:${chain.id}:${address.toLowerCase()}`;
  const [ledger, consent, emergencies, { deliveries, silent }] = await Promise.all([
    readLedger(chain, patient),
    readConsent(chain, patient),
    readEmergencies(chain, { patient }),
    readDeliveries(session, patient, since),
  ]);
  const shared = { patient: account(patient), source: `eip155:${chain.id}`, proof: "chain" as const };
  const timeOf = blockTimes(chain);
  const changes = consent.changes.map(async ({ kind, grantee, hospital, read, write, blockNumber }) => ({
    ...{ ...shared, act: CONSENT_ACTS[kind] satisfies AccessAct, recorded: instant(await timeOf(blockNumber)) },
    ...{ agent: account(patient), hospital, categories: namesOf(read | write), entity: account(grantee) },
  }));
  const lines: AccessLine[] = [
    ...(await Promise.all(changes)),
    ...ledger.entries.map(({ author, hospital, time, batch, categories, recordId }) => ({
      ...{ ...shared, act: "added" as const, recorded: instant(time), agent: account(author), hospital },
      ...{ categories: namesOf(batch ? categories : 1 << categories), entity: recordId },
    })),
    ...emergencies.map(({ doctor, hospital, number, openedAt, categories }) => ({
      ...{ ...shared, act: "emergency" as const, recorded: instant(openedAt), agent: account(doctor), hospital },
      ...{ categories: namesOf(categories), entity: `emergency ${hospital}/${number}` },
    })),
    ...deliveries.map(({ act, reader, categories, recordId, file, time, store: source, proven }) => ({
      ...{ ...shared, source, proof: proven ? ("signature" as const) : ("store" as const) },
      ...{ act: act === "delivery" ? ("delivered" as const) : ("removed" as const) },
      ...{ recorded: instant(time), agent: account(reader), hospital: 0 },
      ...{ categories: namesOf(toScope(categories)), entity: recordId === undefined ? file : `${recordId} ${file}` },
    })),
  ];
  return { lines: lines.sort((one, other) => one.recorded.localeCompare(other.recorded)), silent };
}
