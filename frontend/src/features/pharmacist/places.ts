import { useStandings } from "../../lib/roles/useRoles.ts";

/** The hospitals in whose name the pharmacist may dispense now. */
export function usePlaces(): readonly number[] {
  const { data = [] } = useStandings();
  return data.flatMap(({ role, status, hospital }) =>
    role === "pharmacist" && status === "active" && hospital?.accreditation === "accredited" ? [hospital.id] : [],
  );
}
