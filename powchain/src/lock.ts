import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { PowchainError } from "./errors.ts";

/** Locks held by this process. A lock file with our own pid that is not in here is a leftover of an earlier life. */
const held = new Set<string>();

/**
 * Takes the single-writer lock of a data directory. The lock of a process that no longer runs is taken over.
 *
 * @param directory an existing directory
 * @returns the function that gives the lock back
 * @throws PowchainError POWCHAIN_LOCKED when a running process holds it
 */
export function lockDirectory(directory: string): () => void {
  const path = join(resolve(directory), "lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    if (create(path)) {
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    }
    const owner = ownerOf(path);
    if (owner !== undefined && isRunning(owner, path)) {
      throw new PowchainError(
        "POWCHAIN_LOCKED",
        `${directory} is in use by process ${owner}. Stop it, or choose another data directory. ` +
          `If that process is not a powchain, delete ${path}.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new PowchainError("POWCHAIN_LOCKED", `${path} is being taken by another process.`);
}

function create(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function ownerOf(path: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(path, "utf8"), 10);
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isRunning(pid: number, path: string): boolean {
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0); // signal 0 only asks whether the process exists
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
