import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { syncDirectory, writeFileAtomically } from "../../durable.ts";
import { fileError } from "../../errors.ts";
import type { LinkFile } from "./link.ts";

/** What links open: one file for each link. */
export class LinkFiles {
  readonly #directory: string;
  readonly #kept: Set<string>;

  private constructor(directory: string, kept: Set<string>) {
    this.#directory = directory;
    this.#kept = kept;
  }

  /** Removes what belongs to no link of `wanted`: it was never acknowledged, or is over. @throws StoreError STORE_IO_FAILED */
  static async open(dataDir: string, wanted: (link: string) => boolean): Promise<LinkFiles> {
    const directory = path.join(dataDir, "links");
    try {
      await mkdir(directory, { recursive: true });
      const names = await readdir(directory);
      await Promise.all(names.filter((name) => !wanted(name)).map((name) => rm(path.join(directory, name))));
      return new LinkFiles(directory, new Set(names.filter(wanted)));
    } catch (error) {
      throw fileError(error, "write");
    }
  }

  /** On the disk when it resolves. @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED */
  async put(link: string, files: readonly LinkFile[]): Promise<void> {
    const file = path.join(this.#directory, link);
    this.#kept.add(link);
    try {
      await rm(`${file}.tmp`, { force: true });
      await writeFileAtomically(file, `${file}.tmp`, Buffer.from(JSON.stringify(files)));
      await syncDirectory(this.#directory);
    } catch (error) {
      throw fileError(error, "write");
    }
  }

  /** @throws StoreError STORE_IO_FAILED */
  async get(link: string): Promise<LinkFile[]> {
    try {
      return JSON.parse(await readFile(path.join(this.#directory, link), "utf8")) as LinkFile[];
    } catch (error) {
      throw fileError(error, "read");
    }
  }

  /** Off the disk when it resolves; also when it was not there. @throws StoreError STORE_IO_FAILED */
  async remove(link: string): Promise<void> {
    if (!this.#kept.has(link)) return;
    try {
      await rm(path.join(this.#directory, link), { force: true });
      await syncDirectory(this.#directory);
      this.#kept.delete(link);
    } catch (error) {
      throw fileError(error, "write");
    }
  }
}
