/** Runs compiled Solidity tests in a second process, which can be ended when a mutant makes them loop. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Compiled } from "../solidity.ts";

/** What the tests said; `failed` names them, after the file that holds them. */
export interface Run {
  readonly count: number;
  readonly failed: readonly { readonly file: string; readonly test: string; readonly reason: string }[];
}

/** A contract that a runner gets; those without tests are there to be deployed. */
export interface Suite {
  readonly file: string;
  readonly name: string;
  readonly isTest: boolean;
  readonly abi: string;
  readonly bytecode: string;
  readonly deployedBytecode: string;
}

function suitesOf(output: Compiled, file: string): Suite[] {
  return Object.entries(output.contracts?.[file] ?? {})
    .filter(([, { evm }]) => evm.bytecode.object !== "")
    .map(([name, { abi, evm }]) => ({
      ...{ file, name, abi: JSON.stringify(abi) },
      isTest: abi.some((item) => item.type === "function" && /^(test|invariant)/.test(item.name ?? "")),
      bytecode: `0x${evm.bytecode.object}`,
      deployedBytecode: `0x${evm.deployedBytecode.object}`,
    }));
}

export class Tests {
  #runner: ChildProcess | undefined;

  /**
   * Runs the tests of some files.
   *
   * @param timeout In milliseconds.
   * @returns Nothing when they did not come to an end in that time, or in the memory that they may use.
   */
  async run(output: Compiled, files: readonly string[], timeout: number): Promise<Run | undefined> {
    const runner = (this.#runner ??= await this.#start());
    runner.send(files.flatMap((file) => suitesOf(output, file)));
    const timer = setTimeout(() => runner.kill("SIGKILL"), timeout);
    const ended = new AbortController();
    const run = await Promise.race([
      once(runner, "message", { signal: ended.signal }).then(([message]) => message as Run),
      once(runner, "exit", { signal: ended.signal }).then(() => undefined),
    ]).finally(() => {
      clearTimeout(timer);
      ended.abort();
    });
    if (run === undefined) this.#runner = undefined;
    return run;
  }

  close(): void {
    this.#runner?.kill();
  }

  async #start(): Promise<ChildProcess> {
    const runner = fork(join(import.meta.dirname, "runner.ts"));
    await once(runner, "message");
    return runner;
  }
}
