/** Exits with 1, naming the files, when a generated file differs from what scripts/generate.ts would write. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generatedFiles, presentFiles } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");
const files = await generatedFiles();
const drifted = (await presentFiles()).filter((path) => !files.has(path));

for (const [path, content] of files) {
  const present = await readFile(join(root, path), "utf8").catch(() => undefined);
  if (present !== content) drifted.push(path);
}
for (const path of drifted) console.error(`${path} differs from what scripts/generate.ts writes`);
if (drifted.length > 0) process.exitCode = 1;
else console.log(`${files.size} generated files are up to date`);
