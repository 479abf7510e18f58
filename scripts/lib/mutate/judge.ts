/** Says of a mutant whether the tests notice it. */
import { basename } from "node:path";
import { type Compiled, type OutputSelection, compile, firstError, sourceOf } from "../solidity.ts";
import type { Mutant } from "./mutants.ts";
import type { Source } from "./source.ts";
import type { Target } from "./targets.ts";
import type { Tests } from "./tests.ts";

/**
 * `stillborn` does not compile, `equivalent` compiles to the same deployed code; these two do not count.
 * A mutant that makes the tests run without end is noticed too.
 */
export type Verdict = "stillborn" | "equivalent" | "killed" | "survived";

export interface Judged {
  readonly verdict: Verdict;
  /** The test that noticed first. */
  readonly killer?: string;
}

const CODE = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];
/** Without the hash of the sources, so that equal code is equal. */
const SETTINGS = { metadata: { appendCBOR: false, bytecodeHash: "none" } };

const select = (files: readonly string[]): OutputSelection =>
  Object.fromEntries(files.map((file) => [file, { "*": CODE }]));

const deployedCode = ({ contracts }: Compiled, files: readonly string[]) =>
  JSON.stringify(
    files.map((file) => Object.values(contracts?.[file] ?? {}).map(({ evm }) => evm.deployedBytecode.object)),
  );

/** Judges the mutants of one contract; it learns which tests notice changes of which function, and tries those first. */
export class Judge {
  readonly #target: Target;
  readonly #source: Source;
  readonly #tests: Tests;
  readonly #killers = new Map<string, string>();
  #code = "";
  #timeout = 0;

  constructor(target: Target, source: Source, tests: Tests) {
    this.#target = target;
    this.#source = source;
    this.#tests = tests;
    for (const test of target.tests) this.#killers.set(basename(test, ".t.sol"), test);
  }

  /** Runs all tests on the contract as it is; returns how many there are. */
  async baseline(): Promise<number> {
    const { tests, handlers, deployables } = this.#target;
    const output = this.#compile(sourceOf(this.#target.file), [...tests, ...handlers, ...deployables]);
    const error = firstError(output);
    if (error !== undefined) throw new Error(error);
    this.#code = deployedCode(output, deployables);
    const began = performance.now();
    const run = await this.#tests.run(output, [...tests, ...handlers], 600_000);
    if (run === undefined) throw new Error(`The tests of ${this.#target.name} do not come to an end.`);
    const { count, failed } = run;
    this.#timeout = 60_000 + 5 * (performance.now() - began);
    if (count === 0) throw new Error(`${tests.join(", ")} hold no test.`);
    if (failed.length > 0) throw new Error(failed.map(({ test, reason }) => `${test}: ${reason}`).join("\n"));
    return count;
  }

  async judge(mutant: Mutant): Promise<Judged> {
    const text = this.#source.replace(mutant, mutant.to);
    const { tests, handlers, deployables } = this.#target;
    const likely = this.#killers.get(mutant.within) ?? this.#killers.get(this.#target.name);
    if (likely !== undefined && tests.length > 1) {
      const files = likely.endsWith("Invariants.t.sol") ? [likely, ...handlers] : [likely];
      const output = this.#compile(text, files);
      if (firstError(output) !== undefined) return { verdict: "stillborn" };
      const killer = await this.#killer(output, files, mutant);
      if (killer !== undefined) return { verdict: "killed", killer };
    }
    const output = this.#compile(text, [...tests, ...handlers, ...deployables]);
    if (firstError(output) !== undefined) return { verdict: "stillborn" };
    if (deployedCode(output, deployables) === this.#code) return { verdict: "equivalent" };
    const killer = await this.#killer(output, [...tests, ...handlers], mutant);
    return killer === undefined ? { verdict: "survived" } : { verdict: "killed", killer };
  }

  #compile(text: string, files: readonly string[]): Compiled {
    const texts = new Map(files.map((file) => [file, sourceOf(file)]));
    return compile(texts.set(this.#target.file, text), select(files), SETTINGS);
  }

  async #killer(output: Compiled, files: readonly string[], { within }: Mutant): Promise<string | undefined> {
    const run = await this.#tests.run(output, files, this.#timeout);
    if (run === undefined) return "no end";
    const [first] = run.failed;
    if (first === undefined) return undefined;
    this.#killers.set(within, first.file);
    return first.test;
  }
}
