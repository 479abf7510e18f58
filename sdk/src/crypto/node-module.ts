/** A module of Node; undefined in browsers. */
export function nodeModule<Module>(id: string): Module | undefined {
  const host: { getBuiltinModule?: (id: string) => Module } | undefined = Reflect.get(globalThis, "process");
  return host?.getBuiltinModule?.(id);
}
