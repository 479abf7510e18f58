import {
  ChartkeyError,
  type Draft,
  FHIR_JSON,
  MAX_BATCH,
  type UnlockedSession,
  consentRegistryAbi,
  publishBatch,
  readTimeline,
  sameAddress,
  toScope,
  utf8,
} from "@chartkey/sdk";
import { type ImportItem, canonicalJson } from "@chartkey/sdk/records";
import type { Address } from "viem";
import { keyOf, readable } from "./chart.ts";
import { asOurs } from "./errors.ts";
import { categoryNames } from "./values.ts";

/** Is told how many of the resources are stored, of how many. */
export type OnStored = (done: number, total: number) => void;

/** What became of resources that were read. */
export interface Imported {
  /** Anchored now. */
  accepted: number;
  /** In the chart already, exactly so; or twice among what was read. */
  unchanged: number;
}

/** A resource as it is written into a chart, or staged for one. */
export function toDraft({ resource, category, fullUrl }: ImportItem): Draft {
  const meta = fullUrl === undefined ? { contentType: FHIR_JSON } : { contentType: FHIR_JSON, fullUrl };
  return { category, meta, data: utf8(canonicalJson(resource)) };
}

/** Categories, of those given, that the account may not add to now. */
async function notWritable({ chain, wallet }: UnlockedSession, patient: Address, categories: number[]) {
  const author = wallet.account.address;
  if (sameAddress(author, patient)) return [];
  const allowed = await Promise.all(
    categories.map((category) =>
      chain.client
        .readContract({
          address: chain.deployment.consent,
          abi: consentRegistryAbi,
          functionName: "writableAs",
          args: [patient, author, toScope([category])],
        })
        .then((hospital) => hospital !== 0),
    ),
  );
  return categories.filter((_, index) => !allowed[index]);
}

async function requireWritable(session: UnlockedSession, patient: Address, items: ImportItem[]): Promise<void> {
  const categories = [...new Set<number>(items.map(({ category }) => category))].sort((a, b) => a - b);
  const missing = await notWritable(session, patient, categories);
  if (missing.length > 0)
    throw new ChartkeyError(
      "IMPORT_NO_ACCESS",
      `You may not add to these categories of the chart: ${categoryNames(missing).join(", ")}. Nothing was imported. Ask the patient for access.`,
      { details: { missing } },
    );
}

/** Those that are neither in the chart, as far as the account can read it, nor named twice. */
async function newOnes(session: UnlockedSession, patient: Address, items: ImportItem[]): Promise<ImportItem[]> {
  const resources = readable(await readTimeline(session, patient));
  const known = new Set(await Promise.all(resources.map(keyOf)));
  const keys = await Promise.all(items.map(keyOf));
  return items.filter((_, index) => {
    const key = keys[index]!;
    return !known.has(key) && known.add(key);
  });
}

function interrupted(thrown: unknown, anchored: number, total: number): ChartkeyError {
  const cause = asOurs(thrown);
  const { code, message } =
    cause instanceof ChartkeyError ? cause : new ChartkeyError("IMPORT_FAILED", "The import failed.", { cause });
  return new ChartkeyError(
    code,
    `${message} ${anchored} of ${total} resources were anchored and stay; run the same command again to continue, nothing is imported twice.`,
    { cause, details: { anchored, total } },
  );
}

/**
 * Publishes resources in as few ledger entries as possible. Whatever was anchored before an error stays, and the same call again goes on
 * from there. Throws `IMPORT_NO_ACCESS` before anything is uploaded, and what `readTimeline` and `publishBatch` throw.
 */
export async function importIntoChart(
  session: UnlockedSession,
  patient: Address,
  items: ImportItem[],
  onStored: OnStored = () => {},
): Promise<Imported> {
  if (items.length === 0) return { accepted: 0, unchanged: 0 };
  await requireWritable(session, patient, items);
  const drafts = (await newOnes(session, patient, items)).map(toDraft);
  let accepted = 0;
  for (let first = 0; first < drafts.length; first += MAX_BATCH) {
    const batch = drafts.slice(first, first + MAX_BATCH);
    try {
      await publishBatch(session, patient, batch, undefined, (done) => onStored(first + done, drafts.length));
    } catch (error) {
      throw interrupted(error, accepted, drafts.length);
    }
    accepted += batch.length;
  }
  return { accepted, unchanged: items.length - accepted };
}
