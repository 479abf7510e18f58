/**
 * Writes test/snapshots: the interface, storage layout and size of each deployed contract, and what each operation costs.
 * With `--check` it writes nothing, and exits with 1 when something drifted from what is committed.
 *
 * Build first. Gas is read from test-results/gas.json, which `hardhat test mocha test/contracts/Gas.test.ts` writes.
 */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./lib/settings.ts";
import { contractSnapshots } from "./lib/snapshot/contract.ts";
import { differences } from "./lib/snapshot/differences.ts";

const FOLDER = join(ROOT, "test/snapshots");
const GAS = "gas.json";
/** Eight bytes of calldata that happen to be zero, or not: times and signatures differ in each run. Less than one access to storage. */
const GAS_TOLERANCE = 8 * (16 - 4);
const check = process.argv.includes("--check");

const render = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const read = (path: string) => readFile(path, "utf8").catch(() => undefined);

const files = new Map<string, string>();
for (const [name, snapshot] of await contractSnapshots()) files.set(`${name}.json`, render(snapshot));
const measured = await read(join(ROOT, "test-results/gas.json"));
if (measured !== undefined) {
  const gas = JSON.parse(measured) as Record<string, number>;
  files.set(GAS, render(Object.fromEntries(Object.entries(gas).sort(([a], [b]) => (a < b ? -1 : 1)))));
}

await mkdir(FOLDER, { recursive: true });
const kept = new Set([...files.keys(), GAS]);
const abandoned = (await readdir(FOLDER)).filter((name) => !kept.has(name));
if (!check) {
  for (const name of abandoned) await rm(join(FOLDER, name));
  for (const [name, content] of files) await writeFile(join(FOLDER, name), content);
  console.log(`${files.size} snapshots written${files.has(GAS) ? "" : "; gas was not measured"}`);
} else {
  const drifted = abandoned.map((name) => `${name}: there is no such contract`);
  for (const [name, content] of files) {
    const committed = JSON.parse((await read(join(FOLDER, name))) ?? "{}") as unknown;
    const tolerance = name === GAS ? GAS_TOLERANCE : 0;
    drifted.push(...differences(committed, JSON.parse(content), tolerance).map((line) => `${name}: ${line}`));
  }
  for (const line of drifted) console.error(line);
  if (drifted.length === 0)
    console.log(`${files.size} snapshots hold${files.has(GAS) ? "" : "; gas was not measured"}`);
  else console.error("If this is meant, run `npm run snapshots` and commit test/snapshots.");
  process.exitCode = drifted.length === 0 ? 0 : 1;
}
