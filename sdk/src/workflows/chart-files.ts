import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { readConsent } from "../chain/consent.ts";
import { readVault } from "../chain/directory.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { readVisits } from "../chain/visits.ts";
import { type ContentReference, rawReference } from "../storage/cid.ts";
import { type Copy, repairFile } from "../storage/repair.ts";
import { storesOf } from "../storage/replicated-store.ts";
import { type FileScope, categoryFile, chartFile, letterTo } from "../storage/scope.ts";
import { readKeyring } from "./chart-keys.ts";
import { ChartReader } from "./open.ts";
import { ALL_CATEGORIES, type UnlockedSession, accountOf, entryFile, sameAddress } from "./session.ts";

/** What a file is in a chart. */
export type ChartFileKind = "payload" | "manifest" | "wraps" | "keyring" | "page" | "request" | "vault";

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
async function readNamed(session: UnlockedSession, patient: Address): Promise<[ChartFile[], AnchoredEntry[]]> {
  const { chain } = session;
  const [{ entries }, { changes }, visits, vault] = await Promise.all([
    readLedger(chain, patient),
    readConsent(chain, patient),
    readVisits(chain, { patient }),
    sameAddress(accountOf(session), patient) ? readVault(chain, patient) : undefined,
  ]);
  const document = (kind: ChartFileKind, digest: Hex, scope: FileScope): ChartFile[] =>
    digest === ZERO_HEAD ? [] : [{ kind, reference: rawReference(digest), scope }];
  const files = [
    ...entries.flatMap(ofEntry),
    ...changes.flatMap(({ keyring }) => document("keyring", keyring, chartFile(patient, ALL_CATEGORIES))),
    ...visits.flatMap(({ request, wraps, doctor }) => {
      const scope = categoryFile(patient, 8, doctor);
      return [...document("request", request, scope), ...document("wraps", wraps, scope)];
    }),
    ...(vault === undefined ? [] : document("vault", vault.digest, letterTo(patient))),
  ];
  return [files, entries];
}

const keyOf = ({ reference }: ChartFile): string => `${reference.codec} ${reference.digest}`;
const once = (files: ChartFile[]): ChartFile[] => [...new Map(files.map((file) => [keyOf(file), file])).values()];

/**
 * Reads every file of a chart from each of the session's stores, and copies it to those that lack it or hold something else; with
 * `checkOnly` nothing is copied. What lists others comes first: manifests and keyrings. As a reader who is not the patient, what he may not
 * read stays unknown, and what he may not write is not repaired.
 * Throws what `readLedger`, `readConsent` and `readVisits` throw, and `WALLET_REJECTED`; what a store answers is in its copy.
 * @param onFile is told how many of how many files are done; the number grows while lists are read.
 */
export async function repairChart(
  session: UnlockedSession,
  patient: Address,
  { checkOnly = false, onFile = (_done: number, _known: number) => {} } = {},
): Promise<ChartRepair> {
  const stores = storesOf(session.store);
  const [named, entries] = await readNamed(session, patient);
  const known = new Map(named.map((file) => [keyOf(file), file]));
  const result: ChartRepair = { files: [], unread: [] };
  const check = async (file: ChartFile): Promise<void> => {
    const copies = await repairFile(stores, file.reference, file.scope, { checkOnly });
    result.files.push({ file, copies });
    onFile(result.files.length, known.size);
  };
  for (const file of known.values()) await check(file);
  const reader = new ChartReader(session, patient);
  const listed = async (file: ChartFile, list: () => Promise<ChartFile[]>): Promise<ChartFile[]> => {
    try {
      return await list();
    } catch (error) {
      if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
      result.unread.push({ file, code: error.code });
      return [];
    }
  };
  const more: ChartFile[] = [];
  for (const entry of entries.filter(({ batch }) => batch !== undefined))
    more.push(...(await listed(ofEntry(entry)[0]!, () => itemsOf(reader, patient, entry))));
  for (const file of named.filter(({ kind }) => kind === "keyring"))
    more.push(...(await listed(file, () => pagesOf(session, patient, file))));
  const fresh = once(more).filter((file) => !known.has(keyOf(file)));
  for (const file of fresh) known.set(keyOf(file), file);
  for (const file of fresh) await check(file);
  return result;
}

async function itemsOf(reader: ChartReader, patient: Address, entry: AnchoredEntry): Promise<ChartFile[]> {
  const items = await reader.batchItems(entry);
  return items.map(({ category, codec, payload: digest }) => ({
    kind: "payload",
    reference: { codec, digest },
    scope: categoryFile(patient, category),
    recordId: entry.recordId,
  }));
}

async function pagesOf(session: UnlockedSession, patient: Address, { reference }: ChartFile): Promise<ChartFile[]> {
  const { pages } = await readKeyring(session, patient, reference.digest);
  return pages.map(({ category, codec, digest }) => ({
    kind: "page",
    reference: { codec, digest: digest as Hex },
    scope: categoryFile(patient, category),
  }));
}
