import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

const TEST_FOLDERS = ["test", "sdk/test", "store/test", "powchain/test", "cli/test", "frontend/src"];
const TEST_FILE = /\.(test\.tsx?|t\.sol|sol)$/;

/** Every test file of the repository, relative to its root. */
async function testFiles(): Promise<string[]> {
  const found = await Promise.all(
    TEST_FOLDERS.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && TEST_FILE.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    }),
  );
  return found.flat().sort();
}

/** The names of the tests in a file: titles in TypeScript, functions in Solidity. */
function namesIn(file: string, text: string): string[] {
  const pattern = file.endsWith(".sol")
    ? /function ((?:test|invariant|P\d\d_)\w*)/g
    : /\b(?:it|test|describe)(?:\.each\([^)]*\))?\(\s*["'`]((?:[^"'`\\]|\\.)*)/g;
  return [...text.matchAll(pattern)].map(([, name]) => name ?? "");
}

/** A test that names something by its id. */
export interface NamingTest {
  readonly id: string;
  /** Relative to the root of the repository. */
  readonly file: string;
  readonly name: string;
}

/** Every test whose name has an id of this form, and once for each. Underscores count as spaces. */
export async function testsNaming(pattern: RegExp): Promise<NamingTest[]> {
  const found: NamingTest[] = [];
  for (const file of await testFiles())
    for (const name of namesIn(file, await readFile(join(root, file), "utf8")))
      for (const [id] of name.replaceAll("_", " ").matchAll(pattern)) found.push({ id, file, name });
  return found;
}
