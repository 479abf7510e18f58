/**
 * Layers at which a property is shown: U unit, F fuzz, I invariant, S solver, M matrix or machine check, E end to end.
 * A property whose layers are named here must have a test in each of them.
 */
export type Layer = "U" | "F" | "I" | "S" | "M" | "E";

export interface Property {
  id: string;
  layers: readonly Layer[];
  statement: string;
  note?: string;
}
