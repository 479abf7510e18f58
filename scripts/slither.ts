/**
 * Runs Slither over the contracts: `npx node scripts/slither.ts [slither's options]`. Slither is not part of the installation;
 * `pip install slither-analyzer` puts it on the PATH. docs/slither.md explains what it finds.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./lib/settings.ts";
import { compile, firstError, sourceOf } from "./lib/solidity.ts";

const deployables = readdirSync(join(ROOT, "contracts"))
  .filter((name) => name.endsWith(".sol"))
  .map((name) => `contracts/${name}`);
const parsed = compile(new Map(deployables.map((file) => [file, sourceOf(file)])), { "*": { "": ["ast"] } });
const error = firstError(parsed);
if (error !== undefined) throw new Error(error);

const input = {
  language: "Solidity",
  sources: Object.fromEntries(Object.keys(parsed.sources).map((file) => [file, { content: sourceOf(file) }])),
  settings: {
    evmVersion: "cancun",
    outputSelection: {
      "*": { "": ["ast"], "*": ["abi", "devdoc", "userdoc", "metadata", "evm.bytecode", "evm.deployedBytecode"] },
    },
  },
};
const folder = join(ROOT, ".tmp");
const path = join(folder, "slither.json");
mkdirSync(folder, { recursive: true });
writeFileSync(path, JSON.stringify(input));

const compiler = join(ROOT, "scripts/lib/solc-command.mjs");
const options = ["--compile-force-framework", "solc-json", "--solc", compiler, "--filter-paths", "@openzeppelin"];
const { status, error: failure } = spawnSync("slither", [path, ...options, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
});
if (failure !== undefined) console.error("slither is not on the PATH: pip install slither-analyzer");
process.exitCode = status ?? 1;
