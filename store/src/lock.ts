import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { StoreError, errnoOf, fileError } from "./errors.ts";

/**
 * Makes this process the only writer of a data directory. The lock file names the process and when it started: a
 * number alone would be taken for alive when the system gave it to another program after a restart.
 * @returns releases the lock
 * @throws StoreError STORE_DATA_LOCKED, STORE_IO_FAILED
 */
export async function lockDirectory(dataDir: string): Promise<() => Promise<void>> {
  const file = path.join(dataDir, "store.lock");
  const mine = path.join(dataDir, `store.lock.${randomUUID()}`);
  // The last part tells two stores of one process apart.
  const content = `${process.pid}\n${await startOf(process.pid)}\n${randomUUID()}\n`;
  try {
    await writeFile(mine, content, { flag: "wx" });
    await claim(mine, file);
  } catch (error) {
    throw fileError(error, "write");
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
  held.add(content);
  return async () => {
    held.delete(content);
    if ((await readIfPresent(file)) === content) await rm(file, { force: true });
  };
}

/** Locks of this very process. */
const held = new Set<string>();

/** Gives `mine` the name of the lock: a hard link appears whole, with its content, and never replaces another one. */
async function claim(mine: string, file: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await link(mine, file);
      return;
    } catch (error) {
      if (errnoOf(error) !== "EEXIST") throw error;
    }
    const owner = await readIfPresent(file);
    if (owner === undefined) continue;
    if (await isRunning(owner)) throw locked(owner);
    await removeStale(file, owner);
  }
  throw locked(await readIfPresent(file));
}

/** Takes a dead lock away. If another process replaced it in the meantime, that one is put back. */
async function removeStale(file: string, owner: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return;
    throw error;
  }
  if ((await readIfPresent(aside)) !== owner) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

async function isRunning(owner: string): Promise<boolean> {
  const [pidLine = "", start = ""] = owner.split("\n");
  const pid = Number(pidLine);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(owner);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errnoOf(error) === "ESRCH") return false;
  }
  return (await startOf(pid)) === start;
}

/** When a process started, in words that differ between two processes of one number; "" where the system hides it. */
async function startOf(pid: number): Promise<string> {
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    // The program name, in parentheses, may hold spaces: count from behind it. Start time is field 22.
    const ticks = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
    return `${boot.trim()}/${ticks}`;
  } catch {
    return "";
  }
}

function locked(owner: string | undefined): StoreError {
  const pid = owner?.split("\n")[0] ?? "unknown";
  return new StoreError(
    "STORE_DATA_LOCKED",
    `another store (process ${pid}) is using this data directory. Stop it, or choose another directory. ` +
      "If no store is running, delete store.lock in the data directory.",
  );
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
