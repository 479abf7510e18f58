/** The Solidity compiler of the installation, with types for what these scripts ask of it. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import solc from "solc";
import { ROOT } from "./settings.ts";

/** A node of the compiler's syntax tree. `src` is `offset:length:file`, in bytes. */
export interface AstNode {
  readonly nodeType: string;
  readonly src: string;
  readonly [property: string]: unknown;
}

/** An error, a warning or, of the model checker, a result. */
export interface Diagnostic {
  readonly severity: "error" | "warning" | "info";
  readonly errorCode?: string;
  readonly message: string;
  readonly formattedMessage: string;
  readonly sourceLocation?: { readonly file: string; readonly start: number; readonly end: number };
}

/** What was asked for of one contract, and nothing else. */
export interface CompiledContract {
  readonly metadata: string;
  readonly abi: readonly AbiItem[];
  readonly evm: {
    readonly bytecode: { readonly object: string };
    readonly deployedBytecode: {
      readonly object: string;
      /** Where the constructor fills in immutable values, in bytes. */
      readonly immutableReferences: Readonly<
        Record<string, readonly { readonly start: number; readonly length: number }[]>
      >;
    };
  };
}

export interface AbiItem {
  readonly type: string;
  readonly name?: string;
}

export interface Compiled {
  readonly errors?: readonly Diagnostic[];
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
}

/** File, contract (`*` for each, empty for the file itself), outputs. */
export type OutputSelection = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Standard JSON input of the compiler, with all its sources. */
export interface StandardInput {
  readonly language: string;
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

type Read = (path: string) => { contents: string } | { error: string };
const compileJson = solc.compile as (input: string, callbacks?: { import: Read }) => string;

const cache = new Map<string, string>();

/** Text of a file of the repository or of an installed package, by its name in an import. It is read once. */
export function sourceOf(path: string): string {
  const known = cache.get(path);
  if (known !== undefined) return known;
  const folder = path.startsWith("@") ? join(ROOT, "node_modules") : ROOT;
  const text = readFileSync(join(folder, path), "utf8");
  cache.set(path, text);
  return text;
}

function read(path: string): ReturnType<Read> {
  try {
    return { contents: sourceOf(posix.normalize(path)) };
  } catch (error) {
    return { error: String(error) };
  }
}

/**
 * Compiles files by their paths in the repository, for the EVM that hardhat.config.ts names.
 *
 * @param texts Text of the files that are compiled; what they import is read from the repository.
 * @param settings Of the compiler, besides the EVM and the outputs.
 */
export function compile(
  texts: ReadonlyMap<string, string>,
  outputSelection: OutputSelection,
  settings: Readonly<Record<string, unknown>> = {},
): Compiled {
  const sources = Object.fromEntries([...texts].map(([path, content]) => [path, { content }]));
  const input = { language: "Solidity", sources, settings: { evmVersion: "cancun", ...settings, outputSelection } };
  return JSON.parse(compileJson(JSON.stringify(input), { import: read })) as Compiled;
}

/** Compiles a standard JSON input as it is; nothing is read besides. */
export function compileInput(input: StandardInput): Compiled {
  return JSON.parse(compileJson(JSON.stringify(input))) as Compiled;
}

/** The first error, as the compiler prints it. */
export function firstError({ errors }: Compiled): string | undefined {
  return errors?.find(({ severity }) => severity === "error")?.formattedMessage;
}
