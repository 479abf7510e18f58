interface Slot {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

interface Type {
  readonly label: string;
  readonly numberOfBytes: string;
  readonly members?: readonly Slot[];
}

/** As the compiler prints it. */
export interface StorageLayout {
  readonly storage: readonly Slot[];
  /** Null when there is no storage. */
  readonly types: Readonly<Record<string, Type>> | null;
}

/** Renders where each variable is, and after them the members of each struct, by their place in it. */
export function storageLines({ storage, types }: StorageLayout): string[] {
  const line = ({ slot, offset, label, type }: Slot) => {
    const known = types?.[type];
    return `${slot}+${offset} ${known?.numberOfBytes ?? "?"} ${known?.label ?? type} ${label}`;
  };
  const structs = Object.values(types ?? {})
    .flatMap(({ label, members }) => (members ?? []).map((member) => `${label}: ${line(member)}`))
    // A stable sort by struct keeps the members in their order.
    .sort((a, b) => a.split(":")[0]!.localeCompare(b.split(":")[0]!, "en"));
  return [...storage.map(line), ...structs];
}
