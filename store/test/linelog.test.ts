import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LineLog, readLines } from "../src/linelog.ts";

it("writes what is appended as soon as the text before it is written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chartkey-linelog-"));
  try {
    const log = await LineLog.extend(join(folder, "log"));
    for (const text of ["a", "b", "c"]) await log.append(text);
    await log.close();
    expect(await readLines(join(folder, "log"))).toEqual(["a", "b", "c"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 10_000);
