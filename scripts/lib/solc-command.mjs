#!/usr/bin/env node
// npm's solc as a command, for tools that expect a native one; see ../slither.ts. It knows --version and --standard-json.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");

if (process.argv.includes("--version")) {
  const version = solc.version().replace(".Emscripten.clang", ".Linux.g++");
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
}
