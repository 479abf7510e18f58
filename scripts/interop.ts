/**
 * `npm run test:interop`: runs the store's tests with its blocks in a real Kubo, from the `ipfs` on the PATH. The last line is
 * `N passed, N failed`, as that of `npm test`.
 */
import { spawnSync } from "node:child_process";
import { run } from "./lib/run.ts";

const { status, stdout } = spawnSync("ipfs", ["version"], { encoding: "utf8" });
if (status !== 0) {
  console.error(
    "There is no `ipfs` on the PATH. Install Kubo (https://docs.ipfs.tech/install/command-line/), then try again.",
  );
  process.exit(1);
}
console.log(stdout.trim());
const { output, code } = await run("interop", "vitest", ["run", "--project", "interop"]);
const line = /^\s*Tests\s.*$/m.exec(output)?.[0] ?? "";
const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
const failed = code === 0 ? count("failed") : Math.max(1, count("failed"));
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${count("passed")} passed, ${failed} failed`);
