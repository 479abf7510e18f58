import { spawn } from "node:child_process";
import { ROOT } from "./settings.ts";

/** What a command printed and how it ended. */
export interface Finished {
  output: string;
  code: number;
}

/** Runs a program of node_modules/.bin, or node itself, and shows what it prints under its name. */
export function run(name: string, command: string, args: string[]): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const show = (data: Buffer) => {
      const text = data.toString("utf8");
      output += text;
      process.stdout.write(text.replaceAll(/^(?=.)/gm, `${name} | `));
    };
    child.stdout.on("data", show);
    child.stderr.on("data", show);
    child.on("error", (error) => resolve({ output: String(error), code: 1 }));
    child.on("close", (code) => resolve({ output, code: code ?? 1 }));
  });
}
