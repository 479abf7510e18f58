/** All single changes of a contract file that a test should notice. */
import type { AstNode } from "../solidity.ts";
import type { Source, Span } from "./source.ts";

export interface Mutant extends Span {
  readonly kind: string;
  /** Name of the function or modifier; empty for a constant of the contract. */
  readonly within: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

type Replacement = readonly [kind: string, span: Span, to: string];

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
  "<<": [">>"],
  ">>": ["<<"],
};
const OPPOSITES: Readonly<Record<string, string>> = { "+=": "-=", "-=": "+=", "++": "--", "--": "++" };

const isNode = (value: unknown): value is AstNode => typeof value === "object" && value !== null && "nodeType" in value;
const child = (node: AstNode, name: string) => node[name] as AstNode;

function ofOperation(source: Source, node: AstNode): Replacement[] {
  const [whole, left, right] = [node, child(node, "leftExpression"), child(node, "rightExpression")].map((part) =>
    source.span(part),
  ) as [Span, Span, Span];
  const operator = node["operator"] as string;
  const head = source.slice(whole.offset, left.offset + left.length);
  const middle = source.slice(left.offset + left.length, right.offset);
  const tail = source.slice(right.offset, whole.offset + whole.length);
  return (OPERATORS[operator] ?? []).map((other) => [
    "operator",
    whole,
    head + middle.replace(operator, () => other) + tail,
  ]);
}

function ofLiteral(source: Source, node: AstNode): Replacement[] {
  const span = source.span(node);
  if (node["kind"] === "bool") return [["bool", span, node["value"] === "true" ? "false" : "true"]];
  return node["kind"] === "number" ? [["number", span, `(${source.text(node)} + 1)`]] : [];
}

function ofAssignment(source: Source, node: AstNode): Replacement[] {
  const operator = node["operator"] as string;
  const opposite = OPPOSITES[operator];
  if (opposite === undefined) return [];
  const text = source.text(node);
  return [opposite, "="].map((other) => ["assignment", source.span(node), text.replace(operator, () => other)]);
}

function ofReturn(source: Source, { expression }: AstNode): Replacement[] {
  if (!isNode(expression) || expression.nodeType === "Literal") return [];
  const type = expression["typeDescriptions"] as { typeString?: string };
  if (type.typeString !== "bool") return [];
  return ["true", "false"].map((value) => ["return", source.span(expression), value]);
}

function replacementsOf(source: Source, node: AstNode): Replacement[] {
  const span = source.span(node);
  const text = (name: string) => source.text(child(node, name));
  switch (node.nodeType) {
    case "BinaryOperation":
      return ofOperation(source, node);
    case "UnaryOperation": {
      const operator = node["operator"] as string;
      if (operator === "!") return [["negation", span, text("subExpression")]];
      const opposite = OPPOSITES[operator];
      return opposite === undefined ? [] : [["step", span, source.text(node).replace(operator, opposite)]];
    }
    case "Literal":
      return ofLiteral(source, node);
    case "IfStatement":
      return ["true", "false"].map((value) => ["condition", source.span(child(node, "condition")), value]);
    case "Conditional":
      return [["choice", span, `(${text("condition")}) ? ${text("falseExpression")} : ${text("trueExpression")}`]];
    case "Assignment":
      return ofAssignment(source, node);
    case "ExpressionStatement":
    case "EmitStatement":
    case "RevertStatement":
      return [["deletion", source.statementSpan(node), "{}"]];
    case "Return":
      return ofReturn(source, node);
    case "ModifierInvocation":
      return node["kind"] === "modifierInvocation" ? [["modifier", span, ""]] : [];
    case "MemberAccess":
      return source.text(node) === "msg.sender" ? [["sender", span, "tx.origin"]] : [];
    default:
      return [];
  }
}

/** The code around a node: a function or modifier with a body, the value of a constant, or none. */
function enter(node: AstNode, within: string | undefined): string | undefined {
  if (node.nodeType === "FunctionDefinition" || node.nodeType === "ModifierDefinition")
    return isNode(node["body"]) ? String(node["name"] || node["kind"]) : undefined;
  return within ?? (node.nodeType === "VariableDeclaration" && node["constant"] === true ? "" : undefined);
}

/** Lists the mutants of the contracts of one file, in the order of the file, each once. */
export function mutantsOf(source: Source, file: AstNode): Mutant[] {
  const mutants = new Map<string, Mutant>();
  const walk = (value: unknown, outside: string | undefined): void => {
    if (Array.isArray(value)) value.forEach((item) => walk(item, outside));
    if (!isNode(value)) return;
    const within = enter(value, outside);
    if (within !== undefined)
      for (const [kind, span, to] of replacementsOf(source, value)) {
        const from = source.slice(span.offset, span.offset + span.length);
        mutants.set(`${span.offset}:${span.length}:${to}`, {
          ...{ ...span, kind, within, line: source.lineAt(span.offset), from, to },
        });
      }
    Object.values(value).forEach((property) => walk(property, within));
  };
  walk(
    (file["nodes"] as AstNode[]).filter(({ nodeType }) => nodeType === "ContractDefinition"),
    undefined,
  );
  return [...mutants.values()].sort((a, b) => a.offset - b.offset || a.length - b.length);
}
