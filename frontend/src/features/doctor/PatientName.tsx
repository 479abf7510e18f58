import type { Address } from "viem";
import { Address as AddressText } from "../../components/Address.tsx";
import { usePatient } from "./usePatient.ts";

/** A patient by name when it is known to the doctor, else by address. */
export function PatientName({ patient }: { readonly patient: Address }) {
  const { name } = usePatient(patient);
  return name ? <bdi>{name}</bdi> : <AddressText value={patient} copy={false} />;
}
