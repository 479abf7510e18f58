import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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

it("reads across the parts in which a file comes, passes over damage, and forgets a torn tail", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chartkey-linelog-"));
  try {
    const file = join(folder, "log");
    const texts = Array.from({ length: 400 }, (_, index) => `${index} ${"é".repeat(200)}`);
    const log = await LineLog.extend(file);
    await Promise.all(texts.map((text) => log.append(text)));
    await log.close();
    const whole = await readFile(file, "utf8");
    const damaged = whole.replace(" 7 é", " 7 e");
    await writeFile(file, `${damaged}0000 torn`);
    expect(await readLines(file)).toEqual(texts.map((text, index) => (index === 7 ? undefined : text)));
    await (await LineLog.extend(file)).close();
    expect(await readFile(file, "utf8")).toBe(damaged);
    expect(await readLines(join(folder, "none"))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
