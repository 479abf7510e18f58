/** `npm run bench [-- <name>...]`: measures, prints and writes bench/results.json. Compare within one run, not between machines. */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { chainStart } from "./bench/chain-start.ts";
import { type Figure, isMet } from "./bench/figures.ts";
import { payloadRecords } from "./bench/payload-records.ts";
import { payloadStreams } from "./bench/payload-streams.ts";

const BENCHMARKS = [payloadStreams, payloadRecords, chainStart];

function line(figure: Figure): string {
  const { name, value, unit, goal } = figure;
  const wanted = goal === undefined ? "" : "atLeast" in goal ? `at least ${goal.atLeast}` : `at most ${goal.atMost}`;
  const verdict = goal === undefined ? "" : isMet(figure) ? "met" : "MISSED";
  const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
  return `  ${name.padEnd(42)} ${shown.padStart(7)} ${unit.padEnd(17)} ${wanted.padEnd(14)} ${verdict}`;
}

const names = process.argv.slice(2);
const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));
if (chosen.length === 0)
  throw new Error(`No such benchmark. There are: ${BENCHMARKS.map(({ name }) => name).join(", ")}`);
const results: (Figure & { benchmark: string })[] = [];
for (const { name, run } of chosen) {
  console.log(name);
  for (const figure of await run()) {
    console.log(line(figure));
    results.push({ benchmark: name, ...figure });
  }
}
const folder = join(import.meta.dirname, "../bench");
await mkdir(folder, { recursive: true });
const machine = { node: process.version, processors: cpus().map(({ model }) => model) };
await writeFile(join(folder, "results.json"), `${JSON.stringify({ ...machine, results }, null, 2)}\n`);
