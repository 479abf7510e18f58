import { existsSync, readdirSync, readFileSync } from "node:fs";

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function jsonOf(value: unknown): Uint8Array {
  return bytesOf(JSON.stringify(value));
}

const shared = new URL("../../../../shared/data/fhir/", import.meta.url);

/** Public FHIR files beside the repository, where they are present. */
export function sharedFiles(): { name: string; bytes: Uint8Array }[] {
  if (!existsSync(shared)) return [];
  return ["bundles/", "resources/"].flatMap((folder) =>
    readdirSync(new URL(folder, shared)).map((name) => ({
      name: folder + name,
      bytes: readFileSync(new URL(folder + encodeURIComponent(name), shared)),
    })),
  );
}
