#!/usr/bin/env node
import { run } from "./program.ts";
import { printable } from "./printable.ts";
import { secretReader } from "./secret.ts";

// A reader that has enough, such as head, closes the pipe: there is nobody left to write to.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const stderr = (text: string) => process.stderr.write(text);

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  cwd: process.env["INIT_CWD"] ?? process.cwd(),
  isTerminal: process.stderr.isTTY,
  stdout: (text) => process.stdout.write(printable(text)),
  stderr,
  isTyped: process.stdin.isTTY,
  readSecret: secretReader(process.stdin, stderr),
});
