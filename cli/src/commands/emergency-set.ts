import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  ChartkeyError,
  type OpenedSet,
  type RemovalReport,
  accountOf,
  emergencyCandidates,
  handOver,
  openCard,
  publishHospitalKey,
  publishSet,
  readEmergency,
  readHandedOver,
  readOwnSet,
  readTimeline,
  removeHospitalKey,
  withdrawSet,
} from "@chartkey/sdk";
import {
  type EmergencyDetails,
  buildEmergencySet,
  loadValidator,
  readEmergencySet,
  summarize,
} from "@chartkey/sdk/records";
import { Option } from "commander";
import { instantNow } from "../clinical.ts";
import type { Spec } from "../command.ts";
import type { Io, Result } from "../io.ts";
import { phases } from "../progress.ts";
import { removalExit, removalJson, removalLines } from "../removals.ts";
import { appOf, openReading, openUnlocked } from "../session.ts";
import { toBirthDate, toHospital, toText } from "../values.ts";
import { hospitalOption } from "./options.ts";

const text = (flags: string, words: string) => new Option(flags, words).argParser(toText);
const numberOption = () =>
  new Option("--number <number>", "which emergency").argParser(toHospital).makeOptionMandatory();

const set: Spec = {
  name: "emergency set",
  summary:
    "Publish what your card opens: allergies, medication and diagnoses of your chart, and what you say here. Replaces the set before.",
  options: [
    text("--name <name>", "your name, if the set may say it"),
    new Option("--birth-date <date>", "if the set may say it").argParser(toBirthDate),
    text("--blood-group <text>", "as on your blood card"),
    text("--phone <number>", "of somebody to call"),
    text("--contact <name>", "who that is"),
    text("--note <text>", "what else helps"),
    new Option("--hospitals <numbers>", "hospitals that may hand it to a doctor in an emergency; none when left out")
      .argParser((list: string) => list.split(",").map((part) => toHospital(part.trim())))
      .default([]),
    new Option("--renew", "cards that were printed before open nothing any more"),
  ],
  example: '--blood-group "0 negative" --phone "+91 98 7654 3210" --hospitals 1',
  async run(io, { hospitals, renew = false, name, birthDate, bloodGroup, phone, contact, note }) {
    const session = await openUnlocked(io);
    const chart = await readTimeline(session, accountOf(session));
    const { items, asOf, unopened, hidden } = emergencyCandidates(chart, await loadValidator());
    const whom = phone === undefined ? {} : { contact: { phone, ...(contact === undefined ? {} : { name: contact }) } };
    const said = Object.entries({ name, birthDate, bloodGroup, note }).filter(([, value]) => value !== undefined);
    const details = { ...Object.fromEntries(said), ...whom } as EmergencyDetails;
    const bundle = buildEmergencySet({ details, items, date: instantNow() });
    const terms = { bundle, asOf, hospitals: hospitals as number[], renew: renew === true };
    let files: RemovalReport[] = [];
    await publishSet(session, terms, phases(io), (removed) => (files = removed));
    return {
      exitCode: removalExit(files),
      json: { items: items.length, unopened, hidden, asOf, hospitals, renewed: renew, files: removalJson(files) },
      lines: [
        `Published: ${items.length} entries of your chart, as of entry ${asOf.sequence}.`,
        ...(unopened === 0 ? [] : [`${unopened} entries could not be opened: what they hold is not in the set.`]),
        ...(hidden === 0 ? [] : [`${hidden} records that you hid are not in the set.`]),
        ...removalLines(files),
        "Print the card: emergency card.",
      ],
    };
  },
};

const card: Spec = {
  name: "emergency card",
  summary: "Print the text of your emergency card: whoever has it reads your emergency set.",
  options: [],
  example: "> card.txt",
  async run(io) {
    const session = await openUnlocked(io);
    const own = await readOwnSet(session, appOf(session));
    if (own === undefined)
      throw new ChartkeyError("CARD_NONE", "You have no emergency set yet. Publish one: emergency set.");
    io.stderr("Secret: whoever has this card reads your emergency set, until you renew it.\n");
    return { json: { code: own.code, hospitals: own.hospitals, asOf: own.asOf }, lines: [own.code] };
  },
};

const withdraw: Spec = {
  name: "emergency withdraw",
  summary: "Withdraw your emergency set: cards and hospitals open nothing from then on. What was read was read.",
  options: [],
  example: "",
  async run(io) {
    const files = await withdrawSet(await openUnlocked(io), phases(io));
    return {
      exitCode: removalExit(files),
      json: { withdrawn: true, files: removalJson(files) },
      lines: ["Withdrawn: your cards open nothing any more.", ...removalLines(files)],
    };
  },
};

async function describe({ bundle, asOf, newer, patient }: OpenedSet): Promise<Result> {
  const { details, items, date, unreadable } = readEmergencySet(bundle, await loadValidator());
  const { contact, ...own } = details;
  const entries = items.map(({ kind, resource }) => ({ kind, title: summarize(resource).title }));
  return {
    json: { patient, details, entries, date, asOf, newer, unreadable },
    lines: [
      `Put together ${date}, as of entry ${asOf.sequence} of the chart; ${newer} were added since.`,
      ...Object.values(own),
      ...(contact === undefined ? [] : [`Call: ${[contact.name, contact.phone].filter(Boolean).join(", ")}`]),
      ...entries.map(({ kind, title }) => `${kind}: ${title}`),
      ...(unreadable === 0 ? [] : [`${unreadable} more could not be shown: the list is not complete.`]),
      "What is not listed is not known: it does not mean that there is none.",
    ],
  };
}

/** Never an argument: whoever has the card reads the set. */
function readCode(io: Io, file: unknown): Promise<string> {
  return typeof file === "string" ? readFile(resolve(io.cwd, file), "utf8") : io.readSecret("The card's text: ");
}

const read: Spec = {
  name: "emergency read",
  summary: "Open somebody's emergency card. Needs no key.",
  options: [
    new Option("--file <file>", "a file that holds the text; otherwise it is asked for, or read from standard input"),
  ],
  example: "--file card.txt",
  async run(io, { file }) {
    const session = await openReading(io);
    return describe(await openCard(session, appOf(session), await readCode(io, file)));
  },
};

const key: Spec = {
  name: "emergency key",
  summary: "Publish your hospital's emergency key, as its admin: kept by you and the reviewers of this moment.",
  options: [
    hospitalOption(),
    new Option("--renew", "another key: patients have to seal their sets anew"),
    new Option("--remove", "no key any more: nobody seals to it").conflicts("renew"),
  ],
  example: "--hospital 1",
  async run(io, { hospital, renew = false, remove = false }) {
    const session = await openUnlocked(io);
    if (remove === true) await removeHospitalKey(session, hospital as number, phases(io));
    else await publishHospitalKey(session, hospital as number, { renew: renew === true }, phases(io));
    const done = remove === true ? "has no emergency key any more" : "has an emergency key that patients may choose";
    return { json: { hospital, renewed: renew, removed: remove }, lines: [`Hospital ${String(hospital)} ${done}.`] };
  },
};

const hand: Spec = {
  name: "emergency hand-over",
  summary: "Hand a patient's emergency set to the doctor whose emergency access is open, as a keeper of the key.",
  options: [hospitalOption(), numberOption()],
  example: "--hospital 1 --number 3",
  async run(io, { hospital, number }) {
    const named = { hospital: hospital as number, number: number as number };
    const session = await openUnlocked(io);
    const { doctor } = await readEmergency(session.chain, named.hospital, named.number);
    await handOver(session, named, phases(io));
    return { json: { ...named, doctor }, lines: [`${doctor} has the emergency set now.`] };
  },
};

const received: Spec = {
  name: "emergency received",
  summary: "Show the emergency set that the hospital handed to you, as the doctor of an open emergency access.",
  options: [hospitalOption(), numberOption()],
  example: "--hospital 1 --number 3",
  async run(io, { hospital, number }) {
    const session = await openUnlocked(io);
    const set = await readHandedOver(session, { hospital: hospital as number, number: number as number });
    if (set !== undefined) return describe(set);
    throw new ChartkeyError(
      "EMERGENCY_SET_NONE",
      "The hospital has handed nothing over for this emergency. Ask a keeper of its emergency key; without a set there is nothing to open.",
    );
  },
};

export const emergencySetCommands: readonly Spec[] = [set, card, withdraw, read, key, hand, received];
