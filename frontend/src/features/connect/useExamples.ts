import { staffName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { examplePeople, exampleOf, type ExamplePerson } from "./examplePeople.ts";

/**
 * Whom an account plays in the examples, where they were loaded: then a hospital's public directory lists one of their staff by name, at
 * the account that plays him.
 * @param addresses those of the development wallet's accounts, by index, as far as they are derived
 */
export function useExamples(addresses: readonly (string | undefined)[]): (index: number) => ExamplePerson | undefined {
  const { data } = useHospitals();
  const isListed = Object.entries(examplePeople).some(([index, { name }]) => {
    const address = addresses[Number(index)];
    return address !== undefined && staffName(data, address) === name;
  });
  return (index) => (isListed ? exampleOf(index) : undefined);
}
