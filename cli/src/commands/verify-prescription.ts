import { verifyOrder } from "@chartkey/sdk";
import { Argument } from "commander";
import type { Spec } from "../command.ts";
import { openReading } from "../session.ts";
import { toInstant } from "../values.ts";

export const verifyPrescriptionCommand: Spec = {
  name: "verify-prescription",
  summary:
    "Say whether a prescription is genuine and what is left of it, by its public code. Needs no key, and shows no medicine.",
  arguments: [new Argument("<code>", "the text of the printed code, or its link")],
  example: "chartkey-verify:1:AAAA...",
  async run(io, _, [code]) {
    const { state, issued, expiry, blockNumber, prescriber, hospital, counts } = await verifyOrder(
      await openReading(io),
      code as string,
    );
    const json = {
      state,
      issued: toInstant(issued),
      until: toInstant(expiry),
      blockNumber,
      prescriber,
      hospital,
      counts,
    };
    const by = prescriber.name ?? prescriber.account;
    const left = counts.map(
      ({ remaining, prescribed }, place) => `medicine ${place + 1}: ${remaining} of ${prescribed}`,
    );
    return {
      json,
      lines: [
        `Genuine, and ${state}. Signed by ${by}, hospital ${hospital.name ?? hospital.id}, ${json.issued}.`,
        `Valid until ${json.until}. Left: ${left.join(", ")}.`,
        ...(prescriber.isActive
          ? []
          : ["The doctor is not active at that hospital any more; the prescription stays good."]),
      ],
    };
  },
};
