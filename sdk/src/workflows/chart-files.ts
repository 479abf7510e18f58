import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import type { PageReference } from "../crypto/keyring.ts";
import { readConsent } from "../chain/consent.ts";
import { readVault } from "../chain/directory.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import type { AnchoredEntry } from "../chain/ledger.ts";
import { readVisits } from "../chain/visits.ts";
import { type ContentReference, rawReference } from "../storage/cid.ts";
import { type Copy, repairFile } from "../storage/repair.ts";
import { storesOf } from "../storage/replicated-store.ts";
import { type FileScope, categoryFile, chartFile, letterTo } from "../storage/scope.ts";
import type { BatchItem } from "./batch-manifest.ts";
import { readKeyring } from "./chart-keys.ts";
import { type Chart, isErased, readChart } from "./controlled-chart.ts";
import { type Gone, type Leftover, controlledFiles, finishRemoval } from "./controlled-files.ts";
import type { Doomed } from "./removal.ts";
import { ALL_CATEGORIES, type UnlockedSession, accountOf, categoriesOf, entryFile, sameAddress } from "./session.ts";

/** What a file is in a chart. */
export type ChartFileKind = "payload" | "manifest" | "wraps" | "keyring" | "page" | "request" | "vault" | "cover";

/** A file that the chain names for a chart, by itself or through a document that it names. */
export interface ChartFile {
  kind: ChartFileKind;
  reference: ContentReference;
  scope: FileScope;
  /** Of what belongs to a ledger entry. */
  recordId?: Hex;
}

/** A document that lists further files and is not to be read, so that those are not known. */
export interface UnreadList {
  file: ChartFile;
  code: string;
}

/** A file of a chart with what became of its copies, in the order of the stores. */
export interface CheckedFile {
  file: ChartFile;
  copies: Copy[];
}

export interface ChartRepair {
  files: CheckedFile[];
  unread: UnreadList[];
  /** What the patient hid, sealed again or erased and some store still had; empty for any other account. */
  leftovers: Leftover[];
}

function ofEntry(entry: AnchoredEntry): ChartFile[] {
  const { recordId, payload, codec, wraps } = entry;
  const shared = { scope: entryFile(entry), recordId };
  const kind = entry.batch === undefined ? "payload" : "manifest";
  return [
    { kind, reference: { codec, digest: payload }, ...shared },
    { kind: "wraps", reference: rawReference(wraps), ...shared },
  ];
}

/** Every file that the chain names for a chart without another document: entries, keyrings, requests, and its own account's vault. */
async function readNamed(session: UnlockedSession, { patient, entries }: Chart): Promise<ChartFile[]> {
  const { chain } = session;
  const [{ changes }, visits, vault] = await Promise.all([
    readConsent(chain, patient),
    readVisits(chain, { patient }),
    sameAddress(accountOf(session), patient) ? readVault(chain, patient) : undefined,
  ]);
  const document = (kind: ChartFileKind, digest: Hex, scope: FileScope): ChartFile[] =>
    digest === ZERO_HEAD ? [] : [{ kind, reference: rawReference(digest), scope }];
  return [
    ...entries.flatMap(ofEntry),
    ...changes.flatMap(({ keyring }) => document("keyring", keyring, chartFile(patient, ALL_CATEGORIES))),
    ...visits.flatMap(({ request, wraps, doctor }) => {
      const scope = categoryFile(patient, 8, doctor);
      return [...document("request", request, scope), ...document("wraps", wraps, scope)];
    }),
    ...(vault === undefined ? [] : document("vault", vault.digest, letterTo(patient))),
  ];
}

const keyOf = ({ reference }: Pick<ChartFile, "reference">): string => `${reference.codec} ${reference.digest}`;
const once = (files: ChartFile[]): ChartFile[] => [...new Map(files.map((file) => [keyOf(file), file])).values()];

/**
 * Reads every file of a chart from each of the session's stores, and copies it to those that lack it or hold something else; with
 * `checkOnly` nothing is copied. What the patient hid, sealed again or erased is never copied: of his own chart it is removed where a store
 * still has it, once what took its place is there. As a reader who is not the patient, what he may not read stays unknown, and what he may
 * not write is not repaired.
 * Throws what `readChart`, `readConsent` and `readVisits` throw, also `STORE_UNREACHABLE` when the silent store alone may say what was
 * erased, and `WALLET_REJECTED`; what a store answers is in its copy.
 * @param onFile is told how many of how many files are done.
 */
export async function repairChart(
  session: UnlockedSession,
  patient: Address,
  { checkOnly = false, onFile = (_done: number, _known: number) => {} } = {},
): Promise<ChartRepair> {
  const stores = storesOf(session.store);
  const chart = await readChart(session, patient);
  const named = await readNamed(session, chart);
  const result: ChartRepair = { files: [], unread: [], leftovers: [] };
  const listed = async <T>(file: ChartFile, list: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await list();
    } catch (error) {
      if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
      result.unread.push({ file, code: error.code });
      return [];
    }
  };
  const items = new Map<Hex, BatchItem[]>();
  for (const entry of chart.entries.filter(({ batch }) => batch !== undefined))
    items.set(entry.recordId, await listed(ofEntry(entry)[0]!, () => chart.reader.batchItems(entry)));
  const pages: PageReference[] = [];
  for (const file of named.filter(({ kind }) => kind === "keyring"))
    pages.push(...(await listed(file, async () => (await readKeyring(session, patient, file.reference.digest)).pages)));
  const { covers, gone } = controlledFiles(chart, items);
  gone.push(...replacedPages(chart, pages));
  const isGone = new Set(gone.map(keyOf));
  result.unread = result.unread.filter(({ file }) => !isGone.has(keyOf(file)));
  const listedFiles = [...itemFiles(patient, items), ...pagesInForce(pages).map((page) => pageFile(patient, page))];
  const files = once([...named, ...listedFiles, ...covers.map(ofCover)]).filter((file) => !isGone.has(keyOf(file)));
  for (const file of files) {
    const copies = await repairFile(stores, file.reference, file.scope, { checkOnly });
    result.files.push({ file, copies });
    onFile(result.files.length, files.length);
  }
  if (!sameAddress(accountOf(session), patient)) return result;
  const whole = result.files.filter(({ copies }) => copies.some(({ held }) => held));
  const held = new Set(whole.map(({ file }) => file.reference.digest));
  const replaced = gone.filter(({ replacedBy }) => replacedBy === undefined || held.has(replacedBy));
  result.leftovers.push(...(await finishRemoval(session, replaced, { checkOnly })));
  return result;
}

const itemFiles = (patient: Address, batches: ReadonlyMap<Hex, readonly BatchItem[]>): ChartFile[] =>
  [...batches].flatMap(([recordId, items]) =>
    items.map(({ category, codec, payload: digest }) => ({
      ...{ kind: "payload" as const, reference: { codec, digest }, scope: categoryFile(patient, category), recordId },
    })),
  );

const ofCover = ({ reference, scope, record }: Doomed): ChartFile => ({
  ...{ kind: "cover", reference, scope },
  ...(record === undefined ? {} : { recordId: record.recordId }),
});

const placeOf = ({ category, epoch }: PageReference): string => `${category}|${epoch}`;

/** Of each category and epoch the page that was named last: nobody reads the ones before. */
const pagesInForce = (pages: readonly PageReference[]): PageReference[] => [
  ...new Map(pages.map((page) => [placeOf(page), page])).values(),
];

const pageFile = (patient: Address, { category, codec, digest }: PageReference) => ({
  ...{ kind: "page" as const, reference: { codec, digest }, scope: categoryFile(patient, category) },
});

/** Pages that may still have the key of an erased record. */
function replacedPages(chart: Chart, pages: readonly PageReference[]): Gone[] {
  const erased = chart.entries.filter((entry) => isErased(chart, entry));
  const mask = erased.reduce((all, entry) => all | categoriesOf(entry), 0);
  const newest = new Map(pagesInForce(pages).map((page) => [placeOf(page), page.digest]));
  return pages.flatMap((page) => {
    const replacedBy = newest.get(placeOf(page))!;
    if (page.digest === replacedBy || ((mask >> page.category) & 1) === 0) return [];
    return [{ ...pageFile(chart.patient, page), replacedBy }];
  });
}
