import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { categoryFile, readLedger } from "@chartkey/sdk";
import { actor } from "../../../scripts/lib/actor.ts";
import type { Stack } from "../../../scripts/lib/stack.ts";

/** The newest record of a patient's ledger, encrypted, as he could hand it to somebody. */
export async function encryptedRecord(stack: Stack, index: number): Promise<Buffer> {
  const { chain, store, wallet } = await actor(stack, index);
  const patient = wallet.account.address;
  const { codec, payload: digest, categories } = (await readLedger(chain, patient)).entries.at(-1)!;
  const parts: Uint8Array[] = [];
  for await (const part of store.read({ codec, digest }, categoryFile(patient, categories))) parts.push(part);
  return Buffer.concat(parts);
}

/** The files below a folder that hold one of some words, and which. */
export async function filesWith(words: readonly string[], folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const content = await readFile(join(entry.parentPath, entry.name));
    for (const word of words) if (content.includes(word)) found.push(`${word} in ${entry.name}`);
  }
  return found;
}
