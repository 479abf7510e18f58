import { open, rename, rm } from "node:fs/promises";

/** A directory kept open to flush its entries, which costs a third of opening it each time. */
export interface OpenDirectory {
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a directory for flushing. Windows has no such call; its file system journals directory entries. */
export async function openDirectory(directory: string): Promise<OpenDirectory> {
  if (process.platform === "win32") return { sync: async () => undefined, close: async () => undefined };
  const handle = await open(directory, "r");
  return { sync: () => handle.sync(), close: () => handle.close() };
}

/** Flushes the entries of a directory once. */
export async function syncDirectory(directory: string): Promise<void> {
  const opened = await openDirectory(directory);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/**
 * Writes a file so that a crash leaves either nothing or all of it under its name. The caller flushes the directory
 * of `file` afterwards; only then is the name itself durable.
 * @param temporary a path on the same file system that nobody else uses
 */
export async function writeFileAtomically(file: string, temporary: string, bytes: Uint8Array): Promise<void> {
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Shares runs of a flush between callers: each call resolves after a run that began after the call, so whatever the
 * caller wrote before is covered, and a hundred concurrent writers cost two flushes.
 */
export function shareFlush(flush: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const start = (): Promise<void> => {
    const run = flush().finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };
  return () => {
    if (waiting) return waiting;
    if (!running) return start();
    waiting = running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return start();
      });
    return waiting;
  };
}
