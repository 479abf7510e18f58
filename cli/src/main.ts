#!/usr/bin/env node
import { run } from "./program.ts";
import { printable } from "./printable.ts";

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  cwd: process.env["INIT_CWD"] ?? process.cwd(),
  isTerminal: process.stderr.isTTY,
  stdout: (text) => process.stdout.write(printable(text)),
  stderr: (text) => process.stderr.write(text),
});
