import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { ChartkeyError } from "@chartkey/sdk";

const POLL = 50;

/** Makes a file with these words unless there is one, in one step: nobody ever sees it without them. */
async function claim(path: string, words: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, words, { mode: 0o600, flag: "wx" });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

const ownerOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);

/** Takes a dead program's lock away. Whoever finds one needs the right to remove that very lock, so that no living one's is removed. */
async function removeDead(path: string): Promise<void> {
  const owner = await ownerOf(path);
  const [, pid, id] = /^(\d+) ([\w-]+)$/.exec(owner ?? "") ?? [];
  if (id === undefined || isRunning(Number(pid))) return;
  const right = `${path}.${id}.dead`;
  if (!(await claim(right, ""))) return;
  try {
    if ((await ownerOf(path)) === owner) await rm(path, { force: true });
  } finally {
    await rm(right, { force: true });
  }
}

/**
 * Takes a lock that one program at a time has, by a file; the result gives it back. A program that died has none.
 * Throws `OUTBOX_BUSY` when another one keeps it for longer than `patience` milliseconds.
 */
export async function lockFile(path: string, patience = 120_000): Promise<() => Promise<void>> {
  const until = Date.now() + patience;
  while (!(await claim(path, `${process.pid} ${randomUUID()}`))) {
    await removeDead(path);
    if (Date.now() > until)
      throw new ChartkeyError(
        "OUTBOX_BUSY",
        "Another program is sending from this outbox. Nothing was sent by this one, and its draft is kept: retry later. If none runs, remove sending.lock in CHARTKEY_OUTBOX.",
      );
    await wait(POLL);
  }
  return () => rm(path, { force: true });
}
