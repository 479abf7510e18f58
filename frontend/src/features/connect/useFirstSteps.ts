import { type Chain, readHospitals, readMembers } from "@chartkey/sdk";
import { useQuery } from "@tanstack/react-query";
import { useReadSession } from "../../lib/session/session.ts";

/** What a practice system needs before a patient can book and give access, in its order. */
export const firstSteps = ["create", "accredit", "invite", "confirm", "patient"] as const;

export type FirstStep = (typeof firstSteps)[number];

/** Milliseconds: the step may be done in another window meanwhile. */
const REFRESH = 5_000;

async function readSteps(chain: Chain): Promise<ReadonlySet<FirstStep>> {
  const hospitals = await readHospitals(chain);
  const members = (await Promise.all(hospitals.map(({ id }) => readMembers(chain, { id })))).flat();
  const isDoctor = members.filter(({ role }) => role === "doctor");
  const done: Readonly<Record<FirstStep, boolean>> = {
    create: hospitals.length > 0,
    accredit: hospitals.some(({ accreditation }) => accreditation === "accredited"),
    invite: isDoctor.some(({ status }) => status === "requested" || status === "active"),
    confirm: isDoctor.some(({ status }) => status === "active"),
    patient: members.some(({ role, status }) => role === "patient" && status === "active"),
  };
  return new Set(firstSteps.filter((step) => done[step]));
}

/** Which of the first steps the chain says are done; undefined until that is known. */
export function useFirstSteps(): ReadonlySet<FirstStep> | undefined {
  const session = useReadSession();
  return useQuery({
    queryKey: ["hospitals", session?.chain.id ?? 0, "firstSteps"],
    queryFn: () => {
      if (!session) throw new Error("no chain");
      return readSteps(session.chain);
    },
    enabled: session !== null,
    refetchInterval: ({ state }) => (state.data?.size === firstSteps.length ? false : REFRESH),
    structuralSharing: false,
  }).data;
}
