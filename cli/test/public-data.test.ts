import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RecordImport, type UnlockedSession, exportChart, readTimeline } from "@chartkey/sdk";
import { type ImportItem, canonicalJson, loadValidator } from "@chartkey/sdk/records";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlockedActor } from "../../scripts/lib/actor.ts";
import { readFiles } from "../src/import-files.ts";
import { type TestStack, openStack } from "./support.ts";

/** Public FHIR files, beside the repository; not part of it. */
const SHARED = fileURLToPath(new URL("../../../shared/data/fhir", import.meta.url));
const FOLDERS = ["bundles", "resources"];

interface Exported {
  entry?: Pick<ImportItem, "resource" | "fullUrl">[];
}

const spelled = (items: readonly Pick<ImportItem, "resource" | "fullUrl">[]) =>
  [...new Set(items.map(({ resource, fullUrl }) => canonicalJson({ resource, fullUrl: fullUrl ?? null })))].sort();

const isThere = FOLDERS.every((folder) => existsSync(join(SHARED, folder)));
if (!isThere) console.log("Public FHIR files are absent (../shared/data/fhir): their import is not tested.");

describe.runIf(isThere)("public Bundles and resources, imported and exported again", () => {
  let stack: TestStack;
  let patient: UnlockedSession;

  beforeAll(async () => {
    stack = await openStack();
    patient = await unlockedActor(stack, 3);
  }, 120_000);

  afterAll(() => stack?.close());

  it("come back resource by resource, each exactly as it was", async () => {
    const { address } = patient.wallet.account;
    const inFolders = FOLDERS.map(async (folder) =>
      (await readdir(join(SHARED, folder))).sort().map((name) => join(folder, name)),
    );
    const names = (await Promise.all(inFolders)).flat();
    const half = names.length >> 1;
    const all: ImportItem[] = [];
    const times: string[] = [];
    for (const part of [names.slice(0, half), names.slice(half)]) {
      const started = performance.now();
      const read = await readFiles(
        part.map((name) => ({ name, path: join(SHARED, name) })),
        undefined,
      );
      expect(read.refused).toEqual([]);
      const items: ImportItem[] = [];
      for await (const { file: _, ...item } of read.items()) items.push(item);
      const readAt = performance.now();
      const { accepted, unchanged } = await new RecordImport(patient, address, read).run();
      const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
      times.push(
        `${part.length} files: ${items.length} read in ${seconds(started, readAt)} s, ${accepted} published in ${seconds(readAt, performance.now())} s, ${unchanged} twice`,
      );
      expect(accepted + unchanged).toBe(items.length);
      all.push(...items);
    }
    const { text, unreadable } = exportChart(await readTimeline(patient, address), await loadValidator(), {
      format: "bundle",
      date: new Date().toISOString(),
    });
    const { entry = [] } = JSON.parse(text) as Exported;
    console.log(times.join("\n"));
    expect(unreadable).toBe(0);
    expect(all.length).toBeGreaterThan(1000);
    expect(spelled(entry)).toEqual(spelled(all));
  }, 300_000);
});
