import {
  type Emergency,
  OUTCOMES,
  type Outcome,
  endEmergency,
  fromScope,
  openEmergency,
  readEmergencies,
  readEmergency,
  reviewEmergency,
  setReviewer,
} from "@chartkey/sdk";
import { InvalidArgumentError, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openReading, openSession } from "../session.ts";
import { categoryNames, toAddress, toCategories, toHospital, toInstant, toText } from "../values.ts";
import { hospitalOption, patientOption } from "./options.ts";

const open: Spec = {
  name: "emergency open",
  summary: "Read in an emergency, as a doctor: named, counted, told to the patient, reviewed. It opens no key.",
  options: [
    patientOption(),
    hospitalOption(),
    new Option("--read <categories>", "names with commas, or all").argParser(toCategories).makeOptionMandatory(),
    new Option("--reason <text>", "read by the patient and the reviewers").argParser(toText).makeOptionMandatory(),
  ],
  example:
    '--patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906 --hospital 1 --read history,medication --reason "Unconscious, allergies needed"',
  async run(io, options) {
    const {
      patient,
      hospital,
      read: categories,
      reason,
    } = options as {
      patient: Address;
      hospital: number;
      read: number[];
      reason: string;
    };
    const { number, end } = await openEmergency(
      await openSession(io),
      { patient, hospital, categories, reason },
      phases(io),
    );
    const until = toInstant(end);
    return {
      json: { patient, hospital, number, read: categoryNames(categories), until },
      lines: [`Emergency ${number} of hospital ${hospital} is open until ${until}. The patient is told.`],
    };
  },
};

const end: Spec = {
  name: "emergency end",
  summary: "End a doctor's emergency access to your chart at once. The trail stays.",
  options: [new Option("--doctor <address>", "whose").argParser(toAddress).makeOptionMandatory()],
  example: "--doctor 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  async run(io, { doctor }) {
    await endEmergency(await openSession(io), doctor as Address, phases(io));
    return { json: { doctor }, lines: [`${String(doctor)} has no emergency access any more.`] };
  },
};

function shown({
  justification: _reason,
  review,
  transactionHash,
  categories,
  openedAt,
  end: ended,
  ...facts
}: Emergency) {
  return {
    ...facts,
    read: categoryNames(fromScope(categories)),
    openedAt: toInstant(openedAt),
    end: toInstant(ended),
    reviewer: review?.reviewer ?? null,
    transaction: transactionHash,
  };
}

const list: Spec = {
  name: "emergency list",
  summary: "Emergency accesses of a hospital or to a patient's chart, newest first.",
  options: [
    new Option("--hospital <number>", "which hospital").argParser(toHospital),
    new Option("--patient <address>", "whose chart").argParser(toAddress).conflicts("hospital"),
  ],
  example: "--hospital 1",
  async run(io, { hospital, patient }) {
    if (hospital === undefined && patient === undefined)
      throw new InvalidArgumentError("Name --hospital or --patient.");
    const { chain } = await openReading(io);
    const of = hospital === undefined ? { patient: patient as Address } : { hospital: hospital as number };
    const emergencies = (await readEmergencies(chain, of)).map(shown);
    const line = (each: ReturnType<typeof shown>) =>
      `${each.hospital}/${each.number}  ${each.doctor} for ${each.patient}, ${each.openedAt} to ${each.end}: ` +
      (each.outcome === "none" ? "waits for review" : each.outcome);
    return { json: { emergencies }, lines: emergencies.length === 0 ? ["None."] : emergencies.map(line) };
  },
};

const review: Spec = {
  name: "emergency review",
  summary: "Judge an emergency that has ended, as a reviewer of the hospital: once and for good.",
  options: [
    hospitalOption(),
    new Option("--number <number>", "which emergency").argParser(toHospital).makeOptionMandatory(),
    new Option("--outcome <outcome>", "your judgement").choices(OUTCOMES.slice(1)).makeOptionMandatory(),
    new Option("--report <text>", "read by the patient and the reviewers").argParser(toText),
  ],
  example: '--hospital 1 --number 3 --outcome justified --report "Called by the ward"',
  async run(io, options) {
    const {
      hospital,
      number,
      outcome,
      report = "",
    } = options as {
      hospital: number;
      number: number;
      outcome: Exclude<Outcome, "none">;
      report?: string;
    };
    const session = await openSession(io);
    await reviewEmergency(session, await readEmergency(session.chain, hospital, number), outcome, report, phases(io));
    return { json: { hospital, number, outcome }, lines: [`Emergency ${number} is judged: ${outcome}.`] };
  },
};

const reviewer: Spec = {
  name: "emergency reviewer",
  summary: "Appoint somebody who judges your hospital's emergencies, as its admin.",
  options: [
    hospitalOption(),
    new Option("--account <address>", "whom").argParser(toAddress).makeOptionMandatory(),
    new Option("--dismiss", "end it instead"),
  ],
  example: "--hospital 1 --account 0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
  async run(io, { hospital, account, dismiss = false }) {
    const appointed = dismiss !== true;
    await setReviewer(
      await openSession(io),
      hospital as number,
      { account: account as Address, appointed },
      phases(io),
    );
    return {
      json: { hospital, account, appointed },
      lines: [
        `${String(account)} ${appointed ? "reviews" : "no longer reviews"} emergencies of hospital ${String(hospital)}.`,
      ],
    };
  },
};

export const emergencyCommands: readonly Spec[] = [open, end, list, review, reviewer];
