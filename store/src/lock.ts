import { randomUUID } from "node:crypto";
import { link, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { StoreError, errnoOf, fileError } from "./errors.ts";

const LOCK_NAME = /^store\.lock\.(\d+)$/;
const MAX_ATTEMPTS = 20;

/** Locks of this very process. */
const held = new Set<string>();

/**
 * Makes this process the only writer of a data directory. Lock files are numbered and the highest one counts; whoever
 * finds its owner gone creates the next number, which only one process can. A single file that is deleted and made
 * anew could be deleted under its new owner by a process that still believes it stale.
 * @returns releases the lock
 * @throws StoreError STORE_DATA_LOCKED, STORE_IO_FAILED, STORE_DISK_FULL
 */
export async function lockDirectory(dataDir: string): Promise<() => Promise<void>> {
  const unique = randomUUID();
  const mine = path.join(dataDir, `store.lock.${unique}.tmp`);
  const content = `${process.pid}\n${await startOf(process.pid)}\n${unique}\n`;
  held.add(content);
  try {
    await writeFile(mine, content, { flag: "wx" });
    const file = await claim(dataDir, mine);
    return async () => {
      await truncate(file).catch(() => undefined); // if it fails, the lock ends with the process
      held.delete(content);
    };
  } catch (error) {
    held.delete(content);
    throw fileError(error, "write");
  } finally {
    await rm(mine, { force: true }).catch(() => undefined);
  }
}

/** Gives `mine` the next lock number. A hard link appears with its content, and never replaces another file. */
async function claim(dataDir: string, mine: string): Promise<string> {
  const fileOf = (number: number): string => path.join(dataDir, `store.lock.${number}`);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const latest = (await lockNumbers(dataDir)).at(-1) ?? 0;
    const owner = latest > 0 ? await readIfPresent(fileOf(latest)) : "";
    if (owner === undefined) continue;
    if (await isRunning(owner)) throw locked(owner);
    const next = latest + 1;
    try {
      await link(mine, fileOf(next));
    } catch (error) {
      if (errnoOf(error) === "EEXIST") continue;
      throw error;
    }
    const numbers = await lockNumbers(dataDir);
    if (numbers.at(-1) === next) {
      for (const older of numbers.slice(0, -1)) await rm(fileOf(older), { force: true });
      return fileOf(next);
    }
    await rm(fileOf(next), { force: true }); // others went on meanwhile, and cleared the number away
  }
  throw locked("");
}

async function lockNumbers(dataDir: string): Promise<number[]> {
  const numbers = (await readdir(dataDir)).map((name) => Number(LOCK_NAME.exec(name)?.[1] ?? 0));
  return numbers.filter((number) => number > 0).sort((a, b) => a - b);
}

/** Whether the process a lock names still lives. A released lock is empty. */
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
  // After a restart of the machine the number may belong to another program.
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

function locked(owner: string): StoreError {
  const pid = owner.split("\n")[0] || "unknown";
  return new StoreError(
    "STORE_DATA_LOCKED",
    `another store (process ${pid}) is using this data directory. Stop it, or choose another directory. ` +
      "If no store is running, delete the files store.lock.* in the data directory.",
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
