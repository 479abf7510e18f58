import { readMembers, sameAddress, type Chain } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { useReadSession } from "../session/session.ts";
import { useHospitals, type ListedHospital } from "./useHospitals.ts";

/** An active doctor of an accredited hospital, by the hospital's public directory. */
export interface ListedDoctor {
  readonly account: Address;
  readonly hospital: number;
  readonly hospitalName: string | undefined;
  /** Missing when the directory does not list the account. */
  readonly name: string | undefined;
  readonly speciality: number;
}

async function doctorsOf(chain: Chain, { id, listing }: ListedHospital): Promise<ListedDoctor[]> {
  const members = await readMembers(chain, { id });
  return members
    .filter(({ role, status }) => role === "doctor" && status === "active")
    .map(({ account, speciality }) => ({
      account,
      hospital: id,
      hospitalName: listing?.name,
      name: listing?.staff.find((entry) => sameAddress(entry.account, account))?.name,
      speciality,
    }));
}

/** Every doctor to whom access can be given, or who can be visited. */
export function useDoctors() {
  const session = useReadSession();
  const { data: hospitals } = useHospitals();
  const accredited = hospitals?.filter(({ accreditation }) => accreditation === "accredited");
  return useQuery({
    queryKey: [
      "hospitals",
      session?.chain.id ?? 0,
      "doctors",
      accredited?.map(({ id, profile }) => `${id}|${profile}`),
    ],
    queryFn: async () => {
      if (!session || !accredited) throw new Error("no chain");
      return (await Promise.all(accredited.map((hospital) => doctorsOf(session.chain, hospital)))).flat();
    },
    enabled: session !== null && accredited !== undefined,
  });
}

/** A doctor's value in a list to choose from. */
export function doctorValue({ hospital, account }: ListedDoctor): string {
  return `${hospital}|${account}`;
}
