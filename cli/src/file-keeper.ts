import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DraftKeeper } from "@chartkey/sdk";

const SUFFIX = ".draft";

/** Flushes the names in a directory. Windows has no such call; its file system journals them. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

/** Keeps drafts as files that their owner alone can read, one each; a crash leaves the older state or the newer one. */
export function fileKeeper(directory: string): DraftKeeper {
  const fileOf = (id: string) => join(directory, `${id}${SUFFIX}`);
  return {
    async keep(id, { enc, ct }) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const temporary = `${fileOf(id)}.${process.pid}`;
      const handle = await open(temporary, "w", 0o600);
      try {
        const text = { enc: Buffer.from(enc).toString("base64url"), ct: Buffer.from(ct).toString("base64url") };
        await handle.writeFile(JSON.stringify(text));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, fileOf(id));
      await syncDirectory(directory);
    },
    async list() {
      const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const ids = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
      return Promise.all(
        ids.map(async (id) => {
          const { enc, ct } = JSON.parse(await readFile(fileOf(id), "utf8")) as { enc: string; ct: string };
          const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
          return { id, sealed: { enc: bytes(enc), ct: bytes(ct) } };
        }),
      );
    },
    async drop(id) {
      await rm(fileOf(id), { force: true });
    },
  };
}
