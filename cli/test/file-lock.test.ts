import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockFile } from "../src/file-lock.ts";

/** One program at a time sends from an outbox. */

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "chartkey-lock-"));
  path = join(directory, "sending.lock");
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it("O20 is one program's at a time", async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    const unlock = await lockFile(path);
    most = Math.max(most, (inside += 1));
    await new Promise(setImmediate);
    inside -= 1;
    await unlock();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect([most, await readdir(directory)]).toEqual([1, []]);
}, 60_000);

it("O20 is refused while another program keeps it", async () => {
  const unlock = await lockFile(path);
  await expect(lockFile(path, 100)).rejects.toMatchObject({ code: "OUTBOX_BUSY" });
  await unlock();
  await (
    await lockFile(path, 100)
  )();
});

it("O20 is nobody's when the program that had it died, and again one program's", async () => {
  const dead = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(dead, "exit");
  await writeFile(path, `${dead.pid} 00000000-0000-4000-8000-000000000000`);
  const got = Array.from({ length: 4 }, () => lockFile(path, 1_000).catch(({ code }: { code: string }) => code));
  const unlocks = (await Promise.all(got)).filter((each) => typeof each !== "string");
  expect(unlocks).toHaveLength(1);
  await unlocks[0]!();
  expect(await readdir(directory)).toEqual([]);
}, 60_000);
