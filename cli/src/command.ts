import { type Argument, type Command, Command as Subcommand, type Option } from "commander";
import { type Io, type Result, printable, toJson } from "./io.ts";

/** One command: what it is called, what it takes, what it does. */
export interface Spec {
  /** Words, the last one the command's own: `hospital create`. */
  name: string;
  summary: string;
  arguments?: readonly Argument[];
  options?: readonly Option[];
  /** Arguments of an example call. */
  example: string;
  /** Throws what the sdk throws. */
  run(io: Io, options: Record<string, unknown>, args: unknown[]): Promise<Result>;
}

function parentOf(program: Command, words: string[]): Command {
  return words.reduce((parent, word) => {
    const known = parent.commands.find((command) => command.name() === word);
    if (known !== undefined) return known;
    return parent.command(word).description(`Commands about a ${word}.`).helpCommand(false);
  }, program);
}

/** Adds a command to the program, with `--json` and an example in its help. `finish` is told the exit code. */
export function addCommand(program: Command, spec: Spec, io: Io, finish: (exitCode: number) => void): void {
  const words = spec.name.split(" ");
  const command = new Subcommand(words.at(-1)!).description(spec.summary);
  for (const argument of spec.arguments ?? []) command.addArgument(argument);
  for (const option of spec.options ?? []) command.addOption(option);
  command
    .option("--json", "print JSON and nothing else")
    .addHelpText("after", `\nExample:\n  npm run chartkey -- ${spec.name}${spec.example && ` ${spec.example}`}`)
    .copyInheritedSettings(program)
    .action(async (...received: unknown[]) => {
      const args = received.slice(0, -2);
      const { json = false, ...options } = received.at(-2) as Record<string, unknown>;
      const result = await spec.run(io, options, args);
      io.stdout(json === true ? toJson(result.json) : result.lines.map((line) => `${printable(line)}\n`).join(""));
      finish(result.exitCode ?? 0);
    });
  parentOf(program, words.slice(0, -1)).addCommand(command);
}
