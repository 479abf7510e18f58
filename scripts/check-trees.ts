/**
 * Exits with 1, naming each difference, when a Solidity test file and the tree beside it do not say the same.
 *
 * `test/solidity/<Contract>/<function>.tree` lists the cases of one function, and its leaves begin with "it".
 * The test of a leaf is called `test_` or `testFuzz_` and its words.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./lib/settings.ts";

const FOLDER = join(ROOT, "test/solidity");
const BRANCH = /^([\s│]*[├└]─+\s*)(\S.*)$/;

interface Line {
  readonly depth: number;
  /** Of a leaf, without its "it". */
  readonly words: string;
  readonly isLeaf: boolean;
}

const asName = (words: string) => words.trim().replaceAll(/[^0-9A-Za-z]+/g, "_");

function duplicates(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Reads a tree; says what is wrong with its form. Below its title a branch is a function, or begins with "when" or "given". */
function readTree(path: string, problems: string[]): string[] {
  const rest = readFileSync(path, "utf8").trimEnd().split("\n").slice(1);
  const lines = rest.flatMap((text): Line[] => {
    const [, indent, words] = BRANCH.exec(text) ?? [];
    if (indent === undefined || words === undefined) problems.push(`not a line of a tree: ${text}`);
    else return [{ depth: indent.length, words: words.replace(/^it /, ""), isLeaf: words.startsWith("it ") }];
    return [];
  });
  lines.forEach(({ depth, isLeaf, words }, index) => {
    const hasChild = (lines[index + 1]?.depth ?? 0) > depth;
    if (hasChild === isLeaf)
      problems.push(`${words}: ${hasChild ? "a leaf with branches" : "a branch without a leaf"}`);
  });
  return lines.filter(({ isLeaf }) => isLeaf).map(({ words }) => asName(words));
}

/** Reads the names of the tests, without the word that tells how they run. */
function readTests(path: string, problems: string[]): string[] {
  const names = [...readFileSync(path, "utf8").matchAll(/^\s*function (test\w*)\(/gm)].map(([, name = ""]) => name);
  return names.flatMap((name) => {
    const words = /^test(?:Fuzz)?_(.+)$/.exec(name)?.[1];
    if (words === undefined) problems.push(`${name} begins neither with test_ nor with testFuzz_`);
    return words ?? [];
  });
}

/** Compares the two files of one function; `path` is without their endings. */
function compare(path: string, problems: string[]): number {
  const leaves = readTree(`${path}.tree`, problems);
  const tests = readTests(`${path}.t.sol`, problems);
  for (const leaf of leaves) if (!tests.includes(leaf)) problems.push(`no test of "it ${leaf}"`);
  for (const test of tests) if (!leaves.includes(test)) problems.push(`no leaf of the test ${test}`);
  for (const name of duplicates(leaves)) problems.push(`two leaves ${name}`);
  for (const name of duplicates(tests)) problems.push(`two tests ${name}`);
  return leaves.length;
}

const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
/** Paths without the ending, of what is in a contract's folder. */
const having = (ending: string) =>
  new Set(
    files.filter((name) => name.includes("/") && name.endsWith(ending)).map((name) => name.slice(0, -ending.length)),
  );
const [trees, tests] = [having(".tree"), having(".t.sol")];

let leaves = 0;
let wrong = 0;
for (const name of [...new Set([...trees, ...tests])].sort()) {
  const problems: string[] = [];
  if (!trees.has(name)) problems.push("there is no .tree beside the .t.sol");
  else if (!tests.has(name)) problems.push("there is no .t.sol beside the .tree");
  else leaves += compare(join(FOLDER, name), problems);
  for (const problem of problems) console.error(`test/solidity/${name}: ${problem}`);
  wrong += problems.length;
}
console.log(`${trees.size} trees, ${leaves} leaves`);
if (wrong > 0 || leaves === 0) process.exitCode = 1;
