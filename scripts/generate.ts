/** Writes the ABIs and addresses that the sdk is built with. Run after `hardhat build`. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generatedFiles, presentFiles } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");
const files = await generatedFiles();

for (const path of await presentFiles()) {
  if (!files.has(path)) await rm(join(root, path));
}
for (const [path, content] of files) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
console.log(`${files.size} files generated`);
