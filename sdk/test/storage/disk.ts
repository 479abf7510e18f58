import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Flips a bit of the file of a store that holds exactly these bytes. */
export async function damage(dataDir: string, bytes: Uint8Array): Promise<void> {
  const names = await readdir(join(dataDir, "blocks"), { recursive: true, withFileTypes: true });
  for (const file of names.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const kept = await readFile(path);
    if (!kept.equals(bytes)) continue;
    kept[0]! ^= 1;
    await writeFile(path, kept);
    return;
  }
  throw new Error("the store has no such file");
}
