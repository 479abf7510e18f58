/**
 * `npm run coverage`: runs all contract tests with coverage, in folders of their own so that the normal build stays.
 * Exits with 1, naming the lines, unless every line and statement of every contract was run; mocks excepted.
 */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./lib/run.ts";
import { ROOT } from "./lib/settings.ts";

interface Covered {
  /** Numbers of the lines that no test ran. */
  readonly missed: readonly number[];
  readonly lines: number;
}

const isOurs = (file: string) => file.startsWith("contracts/") && !file.startsWith("contracts/mocks/");

/** Reads the lines of an lcov report. */
function readLcov(report: string): Map<string, Covered> {
  const sections = report.split("end_of_record").map((section) => {
    const file = /^SF:(.+)$/m.exec(section)?.[1] ?? "";
    const lines = [...section.matchAll(/^DA:(\d+),(\d+)/gm)];
    const missed = lines.filter(([, , count]) => count === "0").map(([, line]) => Number(line));
    return [file.replaceAll("\\", "/"), { lines: lines.length, missed }] as const;
  });
  return new Map(sections.filter(([file]) => isOurs(file)));
}

/** Reads the statements, in percent, of the table that Hardhat prints; lcov has none. */
function readStatements(output: string): Map<string, number> {
  const rows = output.replaceAll("\\", "/").matchAll(/(contracts\/\S+\.sol)\s*[│|]\s*([\d.]+)\s*[│|]\s*([\d.]+)/g);
  return new Map([...rows].map(([, file = "", , percent]) => [file, Number(percent)]));
}

const lcov = join(ROOT, "coverage/lcov.info");
await rm(lcov, { force: true });

// What a test expects of gas and size is not met here, and is not asked: `npm test` runs the same tests on what is deployed.
const { output } = await run("coverage", "hardhat", ["--config", "hardhat.coverage.config.ts", "test", "--coverage"]);
const files = readLcov(await readFile(lcov, "utf8").catch(() => ""));
const statements = readStatements(output);
const problems = files.size === 0 ? ["there is no report"] : [];
for (const [file, { missed, lines }] of files) {
  const percent = statements.get(file);
  if (missed.length > 0) problems.push(`${file}: no test runs line ${missed.join(", ")}`);
  else if (lines > 0 && percent !== 100) problems.push(`${file}: ${percent ?? "unknown"} % of the statements are run`);
}
const total = [...files.values()].reduce((sum, { lines }) => sum + lines, 0);
for (const problem of problems) console.error(problem);
console.log(`${files.size} contract files, ${total} lines, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
