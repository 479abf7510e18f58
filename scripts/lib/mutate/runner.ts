/** Runs compiled Solidity tests as `hardhat test solidity` does. It is a process of its own; see ./tests.ts. */
import * as edr from "@nomicfoundation/edr";
import { ROOT } from "../settings.ts";
import type { Run, Suite } from "./tests.ts";

/** A loop without end runs out of it within seconds. */
const GAS_LIMIT = 1n << 28n;
/** The runner keeps every step of a test that failed, and there are very many of them in a loop. */
const MOST_MEMORY = 2 ** 31;

const SPEC = edr.l1HardforkFromString("Cancun");
const CONFIG: edr.SolidityTestRunnerConfigArgs = {
  projectRoot: ROOT,
  hardfork: edr.l1HardforkToString(SPEC),
  localPredeploys: edr.l1GenesisState(SPEC),
  disableBlockGasLimit: true,
  disableTransactionGasCap: true,
  gasLimit: GAS_LIMIT,
  fuzz: { runs: 64, seed: "0x5eed" },
  invariant: { runs: 8, depth: 32, shrinkRunLimit: 0 },
};

const context = new edr.EdrContext();
await context.registerSolidityTestRunnerFactory(edr.L1_CHAIN_TYPE, edr.l1SolidityTestRunnerFactory());

async function runSuites(suites: readonly Suite[]): Promise<Run> {
  const artifacts = suites.map(({ name, file, abi, bytecode, deployedBytecode }) => ({
    id: { name, source: file, solcVersion: "0.8.37" },
    contract: { abi, bytecode, deployedBytecode, linkReferences: {}, deployedLinkReferences: {} },
  }));
  const tests = artifacts.filter((_, index) => suites[index]?.isTest).map(({ id }) => id);
  const results: edr.SuiteResult[] = [];
  await new Promise<void>((resolve, reject) => {
    const tracing = { buildInfos: [], ignoreContracts: false };
    const collect = (suite: edr.SuiteResult) => {
      results.push(suite);
      if (results.length === tests.length) resolve();
    };
    if (tests.length === 0) resolve();
    else context.runSolidityTests(edr.L1_CHAIN_TYPE, artifacts, tests, CONFIG, tracing, collect).catch(reject);
  });
  const failed = results.flatMap(({ id, testResults }) =>
    testResults
      .filter(({ status }) => status === edr.TestStatus.Failure)
      .map(({ name, reason }) => ({ file: id.source, test: name, reason: reason ?? "" })),
  );
  return { count: results.reduce((sum, { testResults }) => sum + testResults.length, 0), failed };
}

setInterval(() => {
  if (process.memoryUsage.rss() > MOST_MEMORY) process.kill(process.pid, "SIGKILL");
}, 100).unref();

process.on("message", (suites: Suite[]) => {
  runSuites(suites).then(
    (run) => process.send?.(run),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.("ready");
