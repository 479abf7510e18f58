import type { SlimDefinition } from "./definitions.ts";
import { isJsonObject } from "./references.ts";

/** Something in a resource that FHIR R4 does not allow, with its FHIRPath-like place, which starts with the resource type. */
export interface StructureIssue {
  path: string;
  reason: string;
}

interface ElementShape {
  array: boolean;
  /** The JSON type of a primitive; undefined for an object. */
  json: "string" | "number" | "boolean" | undefined;
  /** Under which name the elements of the object are found. */
  type: string;
}

/** Type name, or path of a backbone element -> JSON property -> its shape. */
export type Shapes = Map<string, Map<string, ElementShape>>;

const numbers = new Set(["decimal", "integer", "positiveInt", "unsignedInt"]);

/** Adds to a table of what JSON each property must hold what definitions say. */
export function addShapes(shapes: Shapes, definitions: readonly SlimDefinition[]): void {
  for (const { elements } of definitions) {
    for (const [path, , , baseMax, types = "", , contentReference = ""] of elements) {
      const at = path.lastIndexOf(".");
      if (at === -1) continue;
      const parent = path.slice(0, at);
      const name = path.slice(at + 1);
      const properties = shapes.get(parent) ?? new Map<string, ElementShape>();
      shapes.set(parent, properties);
      const array = baseMax !== "1" && baseMax !== "0";
      for (const code of types === "" ? [""] : types.split(" ")) {
        const own = code === "" || code === "BackboneElement" || code === "Element";
        const type = own ? contentReference || path : code;
        const property = name.endsWith("[x]") ? name.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1) : name;
        properties.set(property, { array, json: own ? undefined : jsonType(code), type });
      }
    }
  }
}

function jsonType(code: string): ElementShape["json"] {
  if (/^[A-Z]/.test(code)) return undefined;
  if (code === "boolean") return "boolean";
  return numbers.has(code) ? "number" : "string";
}

/**
 * Compares the JSON type of every property with its definition, which the library does for a part of the cases only: it lets an
 * object pass for a text, and some values for an array. Also names empty objects and arrays, and names every JavaScript object has.
 */
export function shapeIssues(
  shapes: Shapes,
  value: Record<string, unknown>,
  type: string,
  path: string,
): StructureIssue[] {
  const entries = Object.entries(value);
  if (entries.length === 0) return [{ path, reason: "Empty object" }];
  return entries.flatMap(([key, item]) => {
    const at = `${path}.${key}`;
    if (key in Object.prototype) return [{ path: at, reason: `Invalid additional property "${key}"` }];
    const shape = shapes.get(type)?.get(key);
    if (!shape) return emptyBelow(item, at);
    if (!shape.array) return itemIssues(shapes, item, shape, at);
    if (!Array.isArray(item)) return [{ path: at, reason: "Expected an array" }];
    if (item.length === 0) return [{ path: at, reason: "Empty array" }];
    return item.flatMap((each: unknown, index) =>
      // null holds the place of a primitive that has only extensions.
      each === null && shape.json !== undefined ? [] : itemIssues(shapes, each, shape, `${at}[${index}]`),
    );
  });
}

function itemIssues(shapes: Shapes, item: unknown, { json, type }: ElementShape, path: string): StructureIssue[] {
  if (json !== undefined)
    return typeof item === json ? [] : [{ path, reason: `Expected a JSON ${json}, but got ${kindOf(item)}` }];
  if (!isJsonObject(item)) return [{ path, reason: `Expected an object, but got ${kindOf(item)}` }];
  const resourceType = item["resourceType"];
  return shapeIssues(shapes, item, type === "Resource" && typeof resourceType === "string" ? resourceType : type, path);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
}

/** Properties without a definition of their own (`_birthDate`, unknown ones) are left to the library, but not their emptiness. */
function emptyBelow(value: unknown, path: string): StructureIssue[] {
  if (typeof value !== "object" || value === null) return [];
  const items = Object.entries(value);
  if (items.length === 0) return [{ path, reason: Array.isArray(value) ? "Empty array" : "Empty object" }];
  return items.flatMap(([key, item]) => emptyBelow(item, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`));
}
