import type * as MedplumCore from "@medplum/core";
import type { OperationOutcomeIssue, Resource } from "@medplum/fhirtypes";
import type { CodeSets, SlimDefinition } from "./definitions.ts";
import { PreparedDefinitions } from "./prepared-definitions.ts";
import { type Shapes, type StructureIssue, shapeIssues } from "./shape.ts";

export interface Validator {
  isResourceType(name: unknown): boolean;
  /** Structure, required elements, types and required codes. Profiles, extensions and invariants are not judged. */
  validate(resource: Resource): StructureIssue[];
}

type Core = typeof MedplumCore;
type Tokens = NonNullable<NonNullable<NonNullable<Parameters<Core["validateResource"]>[1]>["collect"]>["tokens"]>;

/** FHIR does not limit base64Binary; the limit of the whole file applies. */
const base64BinaryMaxBytes = Number.MAX_SAFE_INTEGER;

let loading: Promise<Validator> | undefined;

/** Loads the validator and the definitions of FHIR R4 (about 70 kB compressed, besides @medplum/core) on first use. */
export function loadValidator(): Promise<Validator> {
  return (loading ??= createValidator());
}

async function createValidator(): Promise<Validator> {
  const [core, { default: slim }, { default: sets }] = await Promise.all([
    import("@medplum/core"),
    import("./generated/definitions.json", { with: { type: "json" } }),
    import("./generated/code-sets.json", { with: { type: "json" } }),
  ]);
  const definitions = new PreparedDefinitions(core, slim.definitions as unknown as SlimDefinition[]);
  const codeSets: CodeSets = sets.codeSets;
  return {
    isResourceType: (name) => typeof name === "string" && definitions.has(name),
    validate: (resource) => {
      definitions.load(resource);
      return validate(core, definitions.shapes, codeSets, resource);
    },
  };
}

function validate(core: Core, shapes: Shapes, codeSets: CodeSets, resource: Resource): StructureIssue[] {
  const { resourceType } = resource;
  const shape = shapeIssues(shapes, { ...resource }, resourceType, resourceType);
  if (shape.length > 0) return shape;
  const codes = new CollectedCodes();
  const found = structureIssues(core, resource, codes.tokens).filter((issue) => !isSpacedBase64(resource, issue));
  const issues =
    found.length > 0
      ? found
      : codes.all().flatMap(({ valueSet, path, value }) => {
          const known = codeSets[valueSet];
          return known ? unknownCode(known, path, value) : [];
        });
  return [...new Map(issues.map((issue) => [`${issue.path}|${issue.reason}`, issue])).values()];
}

/**
 * The codes of a resource, by value set and place. The library looks for each in all that it collected before, which takes minutes for a
 * resource of 100,000: here it finds none, and what it then adds is kept.
 */
class CollectedCodes {
  readonly #found = new Map<string, { valueSet: string; path: string; value: unknown }>();

  readonly tokens: Tokens = new Proxy<Tokens>(
    {},
    {
      set: (_, valueSet, added: Tokens[string]) => {
        for (const { path, value } of added)
          this.#found.set(`${String(valueSet)} ${path}`, { valueSet: String(valueSet), path, value });
        return true;
      },
    },
  );

  all() {
    return [...this.#found.values()];
  }
}

function structureIssues(core: Core, resource: Resource, tokens: Tokens): StructureIssue[] {
  let issues: OperationOutcomeIssue[];
  try {
    issues = core.validateResource(resource, { base64BinaryMaxBytes, collect: { tokens } });
  } catch (error) {
    if (!(error instanceof core.OperationOutcomeError))
      return [{ path: resource.resourceType, reason: "The resource does not have the form of its type." }];
    issues = error.outcome.issue ?? [];
  }
  return issues.filter(isError).map((issue) => describe(issue, resource.resourceType));
}

/** The library warns only of two values of one choice (valueString beside valueInteger); which one is meant would be a guess. */
function isError({ severity, details }: OperationOutcomeIssue): boolean {
  return (
    severity === "error" || severity === "fatal" || (details?.text?.startsWith("Conflicting choice of type") ?? false)
  );
}

function describe(issue: OperationOutcomeIssue, resourceType: string): StructureIssue {
  const path = issue.expression?.[0] ?? "";
  const reason = issue.details?.text ?? issue.diagnostics ?? "Not valid.";
  if (path !== resourceType && !path.startsWith(`${resourceType}.`)) return { path: resourceType, reason };
  return { path, reason };
}

/** FHIR R4 allows white space in base64Binary, which the library refuses. */
function isSpacedBase64(resource: Resource, { path, reason }: StructureIssue): boolean {
  if (reason !== "Invalid base64Binary format") return false;
  const value = valueAt(resource, path);
  if (typeof value !== "string" || !/\s/.test(value)) return false;
  const dense = value.replace(/\s+/g, "");
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(dense);
}

function valueAt(resource: Resource, path: string): unknown {
  let value: unknown = resource;
  for (const [, name = "", choice, index] of path.matchAll(/\.([^.[]+)(\[x\])?(?:\[(\d+)\])?/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    const [, item] =
      Object.entries(value).find(([key]) => (choice === undefined ? key === name : key.startsWith(name))) ?? [];
    value = index === undefined || !Array.isArray(item) ? item : (item as unknown[])[Number(index)];
  }
  return value;
}

/** A code must be one of the list; a Coding of a system in the list too. Codings of other systems may stand beside it. */
function unknownCode(codes: Record<string, string[]>, path: string, value: unknown): StructureIssue[] {
  if (typeof value === "string") {
    return Object.values(codes).some((list) => list.includes(value))
      ? []
      : [{ path, reason: `Unknown code "${value.slice(0, 60)}".` }];
  }
  if (typeof value !== "object" || value === null) return [];
  const { coding, system, code } = value as { coding?: unknown[]; system?: string; code?: string };
  if (coding) return coding.flatMap((item, index) => unknownCode(codes, `${path}.coding[${index}]`, item));
  const list = system === undefined ? undefined : codes[system];
  return !list || code === undefined || list.includes(code)
    ? []
    : [{ path, reason: `Unknown code "${code.slice(0, 60)}".` }];
}
