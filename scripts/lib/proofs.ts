import { basename } from "node:path";
import { type AstNode, type Compiled, compile, firstError, sourceOf } from "./solidity.ts";

export interface Proof {
  /** Contract and function. */
  readonly target: string;
  /** The assertion as it is written, on one line. */
  readonly assertion: string;
  readonly status: "proved" | "unproved";
}

/** The compiler's codes of "check is safe", of its two engines. */
const SAFE = new Set(["9576", "2961"]);

/** The bounded engine knows no loops, and never ends with bits; with neither of them it proves the same several times faster. */
const ENGINES: Readonly<Record<string, string>> = { VisitRuleProof: "bmc" };

const isNode = (value: unknown): value is AstNode => typeof value === "object" && value !== null && "nodeType" in value;
const start = ({ src }: AstNode) => Number(src.split(":")[0]);
const length = ({ src }: AstNode) => Number(src.split(":")[1]);

interface Assertion {
  readonly target: string;
  readonly node: AstNode;
}

/** Finds the calls of `assert` and the functions that they are in. */
function assertionsOf(contract: string, tree: AstNode): Assertion[] {
  const found: Assertion[] = [];
  const walk = (value: unknown, target: string): void => {
    if (Array.isArray(value)) value.forEach((item) => walk(item, target));
    if (!isNode(value)) return;
    const within = value.nodeType === "FunctionDefinition" ? `${contract}.${String(value["name"])}` : target;
    const called = value["expression"];
    if (value.nodeType === "FunctionCall" && isNode(called) && called["name"] === "assert")
      found.push({ target: within, node: value });
    Object.values(value).forEach((property) => walk(property, within));
  };
  walk(tree["nodes"], contract);
  return found;
}

function check(file: string, contract: string): Compiled {
  const modelChecker = {
    engine: ENGINES[contract] ?? "chc",
    solvers: ["z3"],
    targets: ["assert"],
    contracts: { [file]: [contract] },
    showProvedSafe: true,
    showUnproved: true,
  };
  const output = compile(
    new Map([[file, sourceOf(file)]]),
    { [file]: { "": ["ast"], "*": ["abi"] } },
    { modelChecker },
  );
  const error = firstError(output);
  if (error !== undefined) throw new Error(error);
  return output;
}

/** Tries to prove every assertion of the contract that a file is named after. */
export function proofsOf(file: string): Proof[] {
  const contract = basename(file, ".sol");
  const { errors = [], sources } = check(file, contract);
  const text = Buffer.from(sourceOf(file));
  return assertionsOf(contract, sources[file]!.ast).map(({ target, node }) => {
    const results = errors.filter(
      ({ sourceLocation: at }) =>
        at?.file === file && at.start === start(node) && at.end === start(node) + length(node),
    );
    const isProved = results.length > 0 && results.every(({ errorCode = "" }) => SAFE.has(errorCode));
    const assertion = text
      .subarray(start(node), start(node) + length(node))
      .toString()
      .replaceAll(/\s+/g, " ");
    return { target, assertion, status: isProved ? "proved" : "unproved" };
  });
}
