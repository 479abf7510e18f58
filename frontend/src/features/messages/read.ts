import type { Address } from "viem";
import { type Noted, useNote, useNoted, useNotedOfAll } from "../../lib/session/noted.ts";

const about = (patient: Address) => `read|${patient.toLowerCase()}`;

/** Keys of the messages of a chart that were opened on this device; undefined until that is known. */
export function useRead(patient: Address): Noted | undefined {
  return useNoted(about(patient));
}

/** The same of several charts, in their order. */
export function useReadOfAll(patients: readonly Address[]): readonly (Noted | undefined)[] {
  return useNotedOfAll(patients.map(about));
}

/** Notes on this device that messages of a chart were opened. */
export function useMarkRead(patient: Address): (keys: readonly string[]) => void {
  return useNote(about(patient));
}
