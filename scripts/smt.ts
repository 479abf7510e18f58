/**
 * Proves the assertions of test/proofs/*Proof.sol for every input, with the compiler's model checker (z3, inside solc):
 *
 *     npm run prove [-- <Contract> ...] [--write]
 *
 * Exits with 1 when one of them is not proved, or when they are not those that test/proofs/proved.json pins; `--write` pins them.
 * There is no time limit: the solver counts its steps, so that the outcome is the same everywhere.
 */
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Proof, proofsOf } from "./lib/proofs.ts";
import { ROOT } from "./lib/settings.ts";

const FOLDER = "test/proofs";
const PINNED = join(ROOT, FOLDER, "proved.json");

const write = process.argv.includes("--write");
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const isChosen = (contract: string) => named.length === 0 || named.includes(contract.replace(/Proof$/, ""));

const files = (await readdir(join(ROOT, FOLDER))).filter((name) => name.endsWith("Proof.sol")).sort();
const pinned = JSON.parse(await readFile(PINNED, "utf8").catch(() => "[]")) as Proof[];
const found: Proof[] = [];
for (const file of files.filter((name) => isChosen(basename(name, ".sol")))) {
  const began = performance.now();
  const proofs = proofsOf(`${FOLDER}/${file}`);
  found.push(...proofs);
  const proved = proofs.filter(({ status }) => status === "proved").length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${file}: ${proved} of ${proofs.length} assertions proved in ${seconds} s`);
}

const key = ({ target, assertion }: Proof) => `${target}: ${assertion}`;
const problems = found.filter(({ status }) => status !== "proved").map((proof) => `${proof.status}: ${key(proof)}`);
const kept = pinned.filter(({ target }) => !isChosen(target.split(".")[0]!));
if (write && problems.length === 0) {
  const all = [...kept, ...found].sort((a, b) => (a.target < b.target ? -1 : a.target > b.target ? 1 : 0));
  await writeFile(PINNED, `${JSON.stringify(all, null, 2)}\n`);
} else {
  const [before, after] = [pinned, [...kept, ...found]].map((proofs) => new Set(proofs.map(key)));
  for (const name of before!) if (!after!.has(name)) problems.push(`pinned, and gone: ${name}`);
  for (const name of after!) if (!before!.has(name)) problems.push(`not pinned: ${name}`);
}
for (const problem of problems) console.error(problem);
console.log(`${found.length} assertions, ${problems.length} problems`);
process.exitCode = problems.length === 0 && found.length > 0 ? 0 : 1;
