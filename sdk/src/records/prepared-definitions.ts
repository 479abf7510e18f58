import type * as MedplumCore from "@medplum/core";
import { expandDefinition, type SlimDefinition } from "./definitions.ts";
import { isJsonObject } from "./references.ts";
import { addShapes, type Shapes } from "./shape.ts";

type Core = Pick<typeof MedplumCore, "indexStructureDefinitionBundle">;

/** What every resource is, and none is (https://hl7.org/fhir/R4/resource.html). */
const ABSTRACT = ["Resource", "DomainResource"];

/** The definitions, prepared for a type of resource when one of it comes: a chart has some twenty of the 148, and all take a quarter of a second. */
export class PreparedDefinitions {
  readonly #core: Core;
  /** Types of resources that are not prepared yet. */
  readonly #waiting = new Map<string, SlimDefinition>();
  readonly #types: ReadonlySet<string>;
  readonly shapes: Shapes = new Map();

  constructor(core: Core, all: readonly SlimDefinition[]) {
    this.#core = core;
    const isOfResource = ({ kind, type }: SlimDefinition) => kind === "resource" && !ABSTRACT.includes(type);
    for (const definition of all.filter(isOfResource)) this.#waiting.set(definition.type, definition);
    this.#types = new Set(this.#waiting.keys());
    this.#prepare(all.filter((definition) => !isOfResource(definition)));
  }

  has(type: string): boolean {
    return this.#types.has(type);
  }

  /** Prepares what a resource, and those inside of it, are of. */
  load(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.load(item);
    if (!isJsonObject(value)) return;
    const { resourceType } = value;
    const definition = typeof resourceType === "string" ? this.#waiting.get(resourceType) : undefined;
    if (definition !== undefined) {
      this.#waiting.delete(definition.type);
      this.#prepare([definition]);
    }
    for (const item of Object.values(value)) if (typeof item === "object") this.load(item);
  }

  #prepare(definitions: SlimDefinition[]): void {
    this.#core.indexStructureDefinitionBundle(definitions.map(expandDefinition));
    addShapes(this.shapes, definitions);
  }
}
