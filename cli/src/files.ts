import { randomUUID } from "node:crypto";
import { lstat, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ChartkeyError } from "@chartkey/sdk";
import type { Io } from "./io.ts";

/** A file to read: as the user calls it, and where it is. */
export interface NamedFile {
  name: string;
  path: string;
}

/** The file, or all files of the directory and those in it, by name; hidden ones are left out. Throws what node:fs throws. */
export async function listFiles({ cwd }: Pick<Io, "cwd">, name: string): Promise<NamedFile[]> {
  const path = resolve(cwd, name);
  if (!(await stat(path)).isDirectory()) return [{ name, path }];
  const entries = await readdir(path, { withFileTypes: true });
  const visible = entries.filter((entry) => !entry.name.startsWith("."));
  visible.sort((left, right) => (left.name < right.name ? -1 : 1));
  const nested = await Promise.all(
    visible.map((entry) => {
      const inner = join(name, entry.name);
      if (entry.isDirectory()) return listFiles({ cwd }, inner);
      return [{ name: inner, path: resolve(cwd, inner) }];
    }),
  );
  return nested.flat();
}

/** Throws `FILE_EXISTS` when the place of a new file is taken. */
export async function requireFree({ cwd }: Pick<Io, "cwd">, name: string): Promise<void> {
  const taken = await lstat(resolve(cwd, name)).catch(() => undefined);
  if (taken !== undefined)
    throw new ChartkeyError("FILE_EXISTS", `There is a file at ${name} already. Name another, or add --overwrite.`);
}

/** Writes a whole file or none: beside its place first, then renamed. Readable by its owner alone. */
export async function writeWhole(
  { cwd }: Pick<Io, "cwd">,
  name: string,
  content: string | Uint8Array | AsyncIterable<string>,
): Promise<void> {
  const path = resolve(cwd, name);
  const beside = `${path}.${randomUUID()}.part`;
  try {
    await writeFile(beside, content, { mode: 0o600, flag: "wx" });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    // The name that the user knows, not the one beside it.
    if (error instanceof Error) throw Object.assign(error, { path: name });
    throw error;
  }
}
