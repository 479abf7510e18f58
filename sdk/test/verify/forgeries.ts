import type { LedgerExport } from "@chartkey/sdk/verify";
import { toRlp } from "viem";
import { canonicalBytes } from "../../src/json.ts";
import { digestOf } from "../../src/verify/export.ts";

type Alteration = (forged: LedgerExport) => void;

/** What somebody makes who alters an export and writes a fitting digest. */
export async function forge(file: LedgerExport, alter: Alteration): Promise<Uint8Array> {
  const forged: Partial<LedgerExport> = structuredClone(file);
  alter(forged as LedgerExport);
  delete forged.digest;
  const content = forged as Omit<LedgerExport, "digest">;
  return canonicalBytes({ ...content, digest: await digestOf(content) });
}

/** Alterations of an export of an entry, a batch of three and an entry, and the check that has to notice each. */
export const FORGERIES: [name: string, alter: Alteration, check: string][] = [
  ["an altered entry", (forged) => (forged.entries[0]!.hospital = 1), "entries"],
  ["an entry dropped at the end", (forged) => forged.entries.pop(), "entries"],
  ["entries swapped", (forged) => forged.entries.reverse(), "entries"],
  ["another head", (forged) => (forged.head = forged.entries[0]!.recordId), "ledger"],
  [
    "a receipt altered",
    (forged) => (forged.receipts[0]!.receipts[0] = `0x02${toRlp(["0x01", "0x", "0x", []]).slice(2)}`),
    "receipts",
  ],
  [
    "a block's receipts dropped with its entry",
    (forged) => {
      forged.receipts.pop();
      forged.entries.pop();
      forged.head = forged.entries.at(-1)!.recordId;
      forged.documents.splice(-2);
    },
    "receipts",
  ],
  [
    "the first entry dropped with its receipts",
    (forged) => {
      forged.receipts.shift();
      forged.entries.shift();
      forged.documents.splice(0, 2);
    },
    "ledger",
  ],
  ["a header dropped", (forged) => forged.headers.splice(5, 1), "links"],
  ["a leaf altered", (forged) => (forged.entries[1]!.leaves![0] = forged.entries[1]!.leaves![1]!), "batches"],
  ["an item altered", (forged) => (forged.entries[1]!.items![0]!.category = 6), "batches"],
  ["a ciphertext altered", (forged) => (forged.documents[0]!.data = forged.documents[1]!.data!), "documents"],
  ["a reference dropped", (forged) => forged.documents.pop(), "documents"],
  [
    "another registry",
    (forged) => (forged.deployment = { ...forged.deployment, records: forged.deployment.consent }),
    "deployment",
  ],
  ["another chain", (forged) => (forged.chainId = 1), "deployment"],
];
