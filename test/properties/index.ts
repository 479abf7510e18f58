import { CLIENT_PROPERTIES } from "./clients.ts";
import { CONTRACT_PROPERTIES } from "./contracts.ts";
import type { Property } from "./property.ts";

export type { Layer, Property } from "./property.ts";

/** What must always hold. docs/properties.md is rendered from this and from the names of the tests. */
export const PROPERTIES: readonly Property[] = [...CONTRACT_PROPERTIES, ...CLIENT_PROPERTIES];
