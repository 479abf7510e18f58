import {
  ChartkeyError,
  type Hospital,
  type ReadSession,
  createHospital,
  leaveHospital,
  readHospital,
  readHospitals,
  readProfile,
  setAccreditation,
} from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openReading, openSession, openUnlocked } from "../session.ts";
import { toHospital, toText } from "../values.ts";

const create: Spec = {
  name: "hospital create",
  summary: "Create a hospital whose first admin you are. The registrar has to accredit it.",
  options: [new Option("--name <name>", "public name").argParser(toText).makeOptionMandatory()],
  example: '--name "Ridgeway General Hospital"',
  async run(io, { name }) {
    const session = await openUnlocked(io);
    const { id, address, accreditation } = await createHospital(
      session,
      { name: name as string, staff: [] },
      phases(io),
    );
    return {
      json: { id, address, accreditation, name },
      lines: [`Hospital ${id}, ${String(name)}, is at ${address}. It waits for accreditation.`],
    };
  },
};

const accredit: Spec = {
  name: "hospital accredit",
  summary: "Accredit a hospital, as the registrar.",
  arguments: [new Argument("<number>", "which hospital").argParser(toHospital)],
  example: "1",
  async run(io, _options, [id]) {
    const session = await openSession(io);
    const hospital = await readHospital(session.chain, id as number);
    await setAccreditation(session, hospital, "accredited", phases(io));
    return { json: { id, accreditation: "accredited" }, lines: [`Hospital ${String(id)} is accredited.`] };
  },
};

const leave: Spec = {
  name: "hospital leave",
  summary: "Leave a hospital, or withdraw your request there. To come back, you ask again and the hospital confirms.",
  arguments: [new Argument("<number>", "which hospital").argParser(toHospital)],
  example: "1",
  async run(io, _options, [id]) {
    const session = await openSession(io);
    await leaveHospital(session, await readHospital(session.chain, id as number), phases(io));
    return {
      json: { id, status: "left" },
      lines: [
        `You left hospital ${String(id)}. Access that you gave, and visits that are booked, stay until you end them.`,
      ],
    };
  },
};

/** A hospital with its public profile; `name` is null when no store has the profile. */
async function describe(session: ReadSession, hospital: Hospital) {
  const { id, address, accreditation } = hospital;
  try {
    const { name, staff } = await readProfile(session, hospital);
    return { id, address, accreditation, name, staff };
  } catch (error) {
    if (!(error instanceof ChartkeyError) || error.code === "STORE_UNREACHABLE") throw error;
    return { id, address, accreditation, name: null, staff: [] };
  }
}

const list: Spec = {
  name: "hospital list",
  summary: "List the hospitals with their staff.",
  example: "",
  async run(io) {
    const session = await openReading(io);
    const found = await readHospitals(session.chain);
    const hospitals = await Promise.all(found.map((hospital) => describe(session, hospital)));
    const lines = hospitals.flatMap(({ id, name, accreditation, staff }) => [
      `${id}  ${name ?? "(public profile not to be had)"} (${accreditation})`,
      ...staff.map((person) => `   ${person.account}  ${person.name}, ${person.role}`),
    ]);
    return { json: { hospitals }, lines: lines.length === 0 ? ["There is no hospital yet."] : lines };
  },
};

export const hospitalCommand: readonly Spec[] = [create, list, accredit, leave];
