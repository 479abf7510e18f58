import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { GAP } from "../../lib/format/gap.ts";
import { usePatient } from "./usePatient.ts";

/** A patient by name when it is known to the doctor, else by address; by neither while that is being read. */
export function PatientName({ patient }: { readonly patient: Address }) {
  const { name, reading } = usePatient(patient);
  if (!name && reading) return <span aria-busy="true">{GAP}</span>;
  return name ? <bdi>{name}</bdi> : <AddressText value={patient} copy={false} />;
}
