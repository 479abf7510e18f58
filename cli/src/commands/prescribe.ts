import { ChartkeyError, FHIR_JSON, prescribe, utf8 } from "@chartkey/sdk";
import { buildBundle, buildPrescription, canonicalJson, loadCodes } from "@chartkey/sdk/records";
import { InvalidArgumentError, Option } from "commander";
import type { Address } from "viem";
import { actorOf, instantNow } from "../clinical.ts";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openUnlocked } from "../session.ts";
import { toBirthDate, toCode, toEnd, toInstant, toText } from "../values.ts";
import { patientOption } from "./options.ts";

const each = (text: string, before: string[] = []) => [...before, toText(text)];

type Code = ReturnType<typeof toCode>;
const eachCode = (text: string, before: Code[] = []) => [...before, toCode(text)];

/** The code with its name, where it is one of those that the app offers. */
async function codingOf(code: Code) {
  if (code === undefined) return {};
  const listed = await loadCodes("medicine");
  return { coding: [listed.find((each) => each.system === code.system && each.code === code.code) ?? code] };
}

function eachFill(text: string, before: number[] = []): number[] {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("Expected a number from 1 to 127.");
  return [...before, Number(text)];
}

export const prescribeCommand: Spec = {
  name: "prescribe",
  summary: "Prescribe up to eight medicines in one order, as a doctor who may add to medication.",
  options: [
    patientOption(),
    new Option("--medicine <text>", "what; once for each medicine").argParser(each).makeOptionMandatory(),
    new Option("--code <system|code>", "its code, or - for none; once for each medicine, default none").argParser(
      eachCode,
    ),
    new Option("--dosage <text>", "how to take it; once for each medicine").argParser(each).makeOptionMandatory(),
    new Option("--fills <number>", "how often it may be handed out; once for each medicine, default 1").argParser(
      eachFill,
    ),
    new Option("--until <date>", "last day (UTC) for handing out").argParser(toEnd).makeOptionMandatory(),
    new Option("--name <name>", "the patient's name, for the pharmacist").argParser(toText),
    new Option("--birth-date <date>", "the patient's date of birth, for the pharmacist").argParser(toBirthDate),
  ],
  example:
    '--patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906 --medicine "Metformin 500 mg tablets" --dosage "1 tablet with breakfast" --fills 3 --until 2027-06-30',
  async run(io, options) {
    const { patient, medicine, code, dosage, fills, until, name, birthDate } = options as unknown as {
      patient: Address;
      medicine: string[];
      code?: Code[];
      dosage: string[];
      fills?: number[];
      until: number;
      name?: string;
      birthDate?: string;
    };
    const counts = fills ?? medicine.map(() => 1);
    const codes = code ?? medicine.map(() => undefined);
    if ([dosage, counts, codes].some(({ length }) => length !== medicine.length))
      throw new ChartkeyError(
        "USAGE",
        "Give one --dosage, and one --fills and --code or none at all, for each --medicine.",
      );
    const codings = await Promise.all(codes.map(codingOf));
    const session = await openUnlocked(io);
    const [subject, author] = await Promise.all([
      name === undefined ? actorOf(session, patient) : { display: name },
      actorOf(session, session.wallet.account.address),
    ]);
    const date = instantNow();
    const items = medicine.map((text, index) => ({
      resource: buildPrescription({
        ...{ patient: subject, author, date, medicine: text, dosage: dosage[index]! },
        ...codings[index],
      }),
    }));
    const data = utf8(canonicalJson(buildBundle(items, { timestamp: date })));
    const order = {
      meta: { contentType: FHIR_JSON },
      data,
      fills: counts,
      expiry: until,
      ...(birthDate ? { birthDate } : {}),
    };
    const recordId = await prescribe(session, patient, order, phases(io));
    return {
      json: { recordId, medicines: medicine.length, until: toInstant(until) },
      lines: [`Prescribed ${medicine.length} medicines until ${toInstant(until)}: ${recordId}`],
    };
  },
};
