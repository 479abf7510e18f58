import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DraftKeeper } from "@chartkey/sdk";
import { lockFile } from "./file-lock.ts";

const SUFFIX = ".draft";
const LOCK = "sending.lock";

/** Flushes the names in a directory. Windows has no such call; its file system journals them. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** Keeps drafts as files that their owner alone can read, one each; a crash leaves the older state or the newer one. */
export function fileKeeper(directory: string): DraftKeeper {
  const fileOf = (name: string) => join(directory, `${name}${SUFFIX}`);
  const create = () => mkdir(directory, { recursive: true, mode: 0o700 });
  return {
    async keep(name, sealed) {
      await create();
      const temporary = `${fileOf(name)}.${process.pid}`;
      const handle = await open(temporary, "w", 0o600);
      try {
        await handle.writeFile(sealed);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, fileOf(name));
      await syncDirectory(directory);
    },
    async names() {
      const found = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const drafts = found.filter((entry) => entry.isFile() && entry.name.endsWith(SUFFIX));
      return drafts.map(({ name }) => name.slice(0, -SUFFIX.length));
    },
    async read(name) {
      try {
        return new Uint8Array(await readFile(fileOf(name)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async drop(name) {
      await rm(fileOf(name), { force: true });
    },
    async lock() {
      await create();
      return lockFile(join(directory, LOCK));
    },
  };
}
