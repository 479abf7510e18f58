import type { Bundle, Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import {
  buildBundle,
  canonicalJson,
  categoryName,
  readBundle,
  resourceKey,
  summarize,
} from "../../src/records/index.ts";
import { sharedFiles } from "./files.ts";

const files = sharedFiles();

describe("public FHIR R4 files", () => {
  if (files.length === 0) {
    it("are not beside this repository (../shared/data/fhir): only its own fixtures were read", () => {
      expect(files).toEqual([]);
    });
  }

  for (const { name, bytes } of files) {
    it(`takes ${name} whole and gives it back`, async () => {
      const started = performance.now();
      const { items, repaired, refused } = await readBundle(bytes, name);
      const milliseconds = performance.now() - started;
      process.stdout.write(
        `${name}: ${items.length} accepted, ${repaired.length} repaired, ${refused.length} refused, ${milliseconds.toFixed(0)} ms\n`,
      );
      expect(refused).toEqual([]);
      expect(milliseconds).toBeLessThan(5_000);

      const original = JSON.parse(new TextDecoder().decode(bytes)) as Resource;
      const entries = original.resourceType === "Bundle" ? (original.entry ?? []) : [{ resource: original }];
      const pairs = (bundle: Bundle["entry"]) =>
        (bundle ?? []).map(({ fullUrl, resource }) => [fullUrl, canonicalJson(resource)]);
      expect(pairs(buildBundle(items, { timestamp: "2025-01-01T00:00:00Z" }).entry)).toEqual(pairs(entries));
      expect(new Set(await Promise.all(items.map(({ resource }) => resourceKey(resource)))).size).toBe(items.length);

      for (const { resource, category, path } of items) {
        expect(categoryName(category), path).toBeDefined();
        const { title, ...rest } = summarize(resource);
        expect(title.trim(), path).not.toBe("");
        expect(JSON.stringify([title, rest]), path).not.toMatch(/\[object Object\]|undefined|null|NaN|<div/);
      }
    });
  }
});
