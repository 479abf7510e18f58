import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HeadKeeper } from "@chartkey/sdk";

/** Keeps what was seen of each chain as a file; a crash leaves the older state or the newer one. */
export function headKeeper(directory: string): HeadKeeper {
  const fileOf = (chainId: number) => join(directory, `seen-${chainId}.json`);
  return {
    read: (chainId) =>
      readFile(fileOf(chainId), "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined;
        throw error;
      }),
    async write(chainId, text) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const temporary = `${fileOf(chainId)}.${process.pid}`;
      await writeFile(temporary, text, { mode: 0o600 });
      await rename(temporary, fileOf(chainId));
    },
  };
}
