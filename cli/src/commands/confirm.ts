import { type StaffEntry, confirmMember, readHospital } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";
import { toAddress, toSpeciality, toText } from "../values.ts";
import { hospitalOption } from "./options.ts";

export const confirmCommand: Spec = {
  name: "confirm",
  summary: "Confirm a doctor or pharmacist and list them in the hospital's public directory, as an admin.",
  options: [
    hospitalOption(),
    new Option("--account <address>", "who claimed").argParser(toAddress).makeOptionMandatory(),
    new Option("--name <name>", "public name").argParser(toText).makeOptionMandatory(),
    new Option("--role <role>", "what they are").choices(["doctor", "pharmacist"]).makeOptionMandatory(),
    new Option("--speciality <name>", "of a doctor, by name or code").argParser(toSpeciality).default(0),
  ],
  example:
    '--hospital 1 --account 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC --name "Dr Amara Okafor" --role doctor --speciality 2',
  async run(io, options) {
    const session = await openSession(io);
    const { account, name, role, speciality } = options as unknown as StaffEntry & { account: Address };
    const hospital = await readHospital(session.chain, options["hospital"] as number);
    await confirmMember(session, hospital, account, { account, name, role, speciality }, phases(io));
    return {
      json: { hospital: hospital.id, account, role, status: "active" },
      lines: [`${account} is active at hospital ${hospital.id}.`],
    };
  },
};
