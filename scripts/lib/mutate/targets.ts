/** Which file a contract is in, which tests exercise it, and what is deployed with it inside. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type AstNode, compile, firstError, sourceOf } from "../solidity.ts";
import { ROOT } from "../settings.ts";

export interface Target {
  readonly name: string;
  /** Path of the contract in the repository. */
  readonly file: string;
  readonly tests: readonly string[];
  /** Files of the contracts that invariant tests call at random, for which the fuzzer needs the interface. */
  readonly handlers: readonly string[];
  /** Files of the deployed contracts that are or import the file. */
  readonly deployables: readonly string[];
}

const TESTS = "test/solidity";

/** What is not deployed by itself is also exercised by the tests of these contracts. */
const EXERCISED_BY: Readonly<Record<string, readonly string[]>> = {
  Admins: ["Hospital", "AdminInvariants"],
  BreakGlass: ["ConsentRegistry", "ConsentInvariants"],
  Delegates: ["ConsentRegistry", "ConsentInvariants"],
  Succession: ["KeyDirectory"],
  Visits: ["Appointments"],
  AccessRule: ["ConsentRegistry"],
  Counts: ["Prescriptions"],
  EmergencyRule: ["BreakGlass"],
  Ledger: ["RecordRegistry", "ConsentRegistry", "AccessLog"],
  Merkle: ["RecordRegistry"],
  VisitRule: ["Appointments"],
  X25519: ["KeyDirectory"],
};

const filesIn = (folder: string, recursive: boolean) =>
  existsSync(join(ROOT, folder))
    ? readdirSync(join(ROOT, folder), { recursive, encoding: "utf8" }).map(
        (name) => `${folder}/${name.replaceAll("\\", "/")}`,
      )
    : [];

function testsOf(name: string): string[] {
  const own = filesIn(TESTS, false).filter((path) => path.startsWith(`${TESTS}/${name}`));
  return [...new Set([...own, ...filesIn(`${TESTS}/${name}`, true)])].filter((path) => path.endsWith(".t.sol"));
}

function importsOf(file: AstNode): string[] {
  return (file["nodes"] as AstNode[])
    .filter(({ nodeType }) => nodeType === "ImportDirective")
    .map((directive) => directive["absolutePath"] as string);
}

/** Finds deployed contracts that contain a file: those whose imports lead to it. */
function deployablesWith(file: string): string[] {
  const deployables = filesIn("contracts", false).filter((path) => path.endsWith(".sol"));
  const output = compile(new Map(deployables.map((path) => [path, sourceOf(path)])), { "*": { "": ["ast"] } });
  const error = firstError(output);
  if (error !== undefined) throw new Error(error);
  const reaches = (from: string, seen: Set<string>): boolean => {
    if (from === file) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    const source = output.sources[from];
    return source !== undefined && importsOf(source.ast).some((path) => reaches(path, seen));
  };
  return deployables.filter((path) => reaches(path, new Set()));
}

/** Throws when there is no such contract, or no test of it. */
export function targetOf(name: string): Target {
  const file = filesIn("contracts", true).find((path) => path.endsWith(`/${name}.sol`));
  if (file === undefined) throw new Error(`There is no ${name}.sol in contracts.`);
  const tests = [...new Set([name, ...(EXERCISED_BY[name] ?? [])].flatMap(testsOf))].sort();
  if (tests.length === 0) throw new Error(`No test in ${TESTS} exercises ${name}.`);
  const hasInvariants = tests.some((path) => path.endsWith("Invariants.t.sol"));
  const handlers = hasInvariants ? filesIn(TESTS, false).filter((path) => path.endsWith("Handler.sol")) : [];
  return { name, file, tests, handlers, deployables: deployablesWith(file) };
}
