/** `npm test`: every check and every test. The last line is `N passed, N failed`. */
import { type Finished, run } from "./lib/run.ts";

interface Count {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  command: string;
  args: string[];
  /** How many tests the output tells of; a step without it counts as one. */
  count?: (output: string) => Count;
}

const sumOf = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].reduce((sum, [, number]) => sum + Number(number), 0);

/** Hardhat and mocha: `12 passing`, `1 failing`. */
const countHardhat = (output: string): Count => ({
  passed: sumOf(output, /^\s*(\d+) passing/gm),
  failed: sumOf(output, /^\s*(\d+) failing/gm),
});

/** vitest: `Tests  1 failed | 76 passed (77)`; an error outside of a test counts as one. */
const countVitest = (output: string): Count => {
  const line = /^\s*Tests\s.*$/m.exec(output)?.[0] ?? "";
  const errors = sumOf(output, /^\s*Errors\s+(\d+)/gm);
  return { passed: sumOf(line, /(\d+) passed/g), failed: sumOf(line, /(\d+) failed/g) + errors };
};

/** vitest: ` FAIL  |node| store/test/budget.test.ts > a budget > is kept`, and the line after it, which says why. */
const namesOf = (output: string) => [...output.matchAll(/^\s*FAIL\s.*(?:\n\s*\S.*)?/gm)].map(([name]) => name.trim());

const hardhat = (name: string, ...args: string[]): Step => ({ name, command: "hardhat", args, count: countHardhat });
const check = (name: string, command: string, ...args: string[]): Step => ({ name, command, args });

const BUILD = check("build", "hardhat", "build");

/** A part of the tests in Node, which take longer than anything else; each part starts chains of its own. */
const PARTS = 4;
const unit = (part: number): Step => ({
  name: `unit-${part}`,
  command: "vitest",
  args: ["run", "--project", "node", "--project", "frontend", `--shard=${part}/${PARTS}`],
  count: countVitest,
});

/** For two lanes on two cores: whichever is free takes the next. A failure stops neither, so that one run tells everything. */
const STEPS: Step[] = [
  hardhat("contracts", "test", "mocha"),
  check("format", "prettier", "--check", "."),
  check("lint", "eslint", ".", "--max-warnings", "0"),
  check("solhint", "solhint", "--disc", "--noPoster", "contracts/**/*.sol"),
  check(
    "imports",
    "depcruise",
    "--config",
    ".dependency-cruiser.cjs",
    "sdk/src",
    "powchain/src",
    "store/src",
    "cli/src",
    "frontend/src",
    "scripts",
  ),
  check("types", "tsc", "-p", "."),
  check("types-test", "tsc", "-p", "test"),
  check("types-frontend", "tsc", "-p", "frontend"),
  unit(1),
  hardhat("fuzz", "--config", "hardhat.solidity.config.ts", "test", "solidity"),
  unit(2),
  unit(3),
  unit(4),
  check("generated", "node", "scripts/check-generated.ts"),
  check("snapshots", "node", "scripts/snapshots.ts", "--check"),
  check("trees", "node", "scripts/check-trees.ts"),
  check("proofs", "node", "scripts/smt.ts"),
  check("fhir-definitions", "node", "scripts/slim-fhir-definitions.ts", "--check"),
];

const BROWSER: Step = { name: "browser", command: "vitest", args: ["run", "--project", "browser"], count: countVitest };

function toCount({ name, count }: Step, { output, code }: Finished): Count {
  failures.push(...namesOf(output).map((each) => `${name}: ${each}`));
  const counted = count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  // A runner that failed without saying so, or that ran nothing, must not pass.
  const silent = counted.failed === 0 && (code !== 0 || counted.passed === 0);
  const total = silent ? { passed: counted.passed, failed: 1 } : counted;
  summary.push(`${name}: ${total.passed} passed, ${total.failed} failed`);
  return total;
}

const summary: string[] = [];
/** What failed, so that whoever sees the end of the output alone knows. */
const failures: string[] = [];
const totals: Count = { passed: 0, failed: 0 };

async function perform(step: Step): Promise<void> {
  const began = performance.now();
  const { passed, failed } = toCount(step, await run(step.name, step.command, step.args));
  console.log(`== ${summary.at(-1)} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  totals.passed += passed;
  totals.failed += failed;
}

async function lane(steps: Iterator<Step>): Promise<void> {
  for (let next = steps.next(); next.done !== true; next = steps.next()) await perform(next.value);
}

await perform(BUILD);
const steps = STEPS.values();
await Promise.all([lane(steps), lane(steps)]);
await perform(BROWSER);
console.log(`\n${[...summary, ...failures].join("\n")}\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
console.log(`${totals.passed} passed, ${totals.failed} failed`);
