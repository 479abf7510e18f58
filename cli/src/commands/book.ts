import {
  ChartkeyError,
  FHIR_JSON,
  accountOf,
  bookAppointment,
  isDelegateSession,
  slotStart,
  utf8,
} from "@chartkey/sdk";
import { buildSymptoms, canonicalJson } from "@chartkey/sdk/records";
import { Option } from "commander";
import { type Address, formatUnits } from "viem";
import { actorOf, instantNow } from "../clinical.ts";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession, openUnlocked } from "../session.ts";
import { toAddress, toInstant, toMoment, toText } from "../values.ts";
import { hospitalOption } from "./options.ts";

export const bookCommand: Spec = {
  name: "book",
  summary: "Book a quarter of an hour with a doctor. What you write is sealed to this doctor and you.",
  options: [
    hospitalOption(),
    new Option("--doctor <address>", "whom").argParser(toAddress).makeOptionMandatory(),
    new Option("--at <instant>", "when").argParser(toMoment).makeOptionMandatory(),
    new Option("--symptoms <text>", "what brings you").argParser(toText).makeOptionMandatory(),
  ],
  example:
    '--hospital 1 --doctor 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC --at 2027-06-30T09:15:00Z --symptoms "Thirsty for three weeks"',
  async run(io, options) {
    const { hospital, doctor, at, symptoms } = options as unknown as {
      hospital: number;
      doctor: Address;
      at: number;
      symptoms: string;
    };
    const day = Math.floor(at / 86_400);
    const slot = Math.floor((at % 86_400) / 900);
    if (slotStart(day, slot) !== at) throw new ChartkeyError("USAGE", "Visits begin on a quarter of an hour.");
    const session = await openSession(io);
    const account = accountOf(session);
    // A delegate cannot read the name in the patient's profile.
    const asDelegate = await isDelegateSession(session);
    const patient = asDelegate ? { display: account } : await actorOf(await openUnlocked(io), account);
    const answers = [{ question: "What brings you here?", answer: symptoms }];
    const request = buildSymptoms({ patient, author: patient, date: instantNow(), answers });
    const booking = { hospital, doctor, day, slot };
    const meta = { contentType: FHIR_JSON };
    const { feeGwei } = await bookAppointment(session, booking, meta, utf8(canonicalJson(request)), phases(io));
    const paid =
      feeGwei === 0n
        ? ""
        : ` ${formatUnits(feeGwei, 9)} ETH are in escrow for it. Once it is confirmed, cancelling less than 24 hours before costs half of it,` +
          " and not coming all of it; nothing when it was confirmed less than 25 hours before.";
    return {
      json: { hospital, doctor, at: toInstant(at), feeGwei: String(feeGwei) },
      lines: [`Booked for ${toInstant(at)}. The doctor confirms.${paid}`],
    };
  },
};
