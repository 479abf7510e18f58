import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type OpenedOrder, type Order, countsOf, dispense, openOrderCode, orderState } from "@chartkey/sdk";
import { InvalidArgumentError, Option } from "commander";
import type { Spec } from "../command.ts";
import type { Io } from "../io.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";
import { toInstant } from "../values.ts";
import { hospitalOption } from "./options.ts";

function toAmounts(text: string): number[] {
  const amounts = text.split(",").map((part) => (/^\d{1,3}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (amounts.length > 8 || !amounts.every((amount) => amount <= 127))
    throw new InvalidArgumentError("Expected a number from 0 to 127 for each medicine, in their order: 1,0.");
  return amounts;
}

/** Never an argument: whoever has the code can have the prescription handed out. */
async function readCode(io: Io, file: unknown): Promise<string> {
  return typeof file === "string" ? readFile(resolve(io.cwd, file), "utf8") : io.readSecret("The patient's code: ");
}

function describe({ entry, standing, content }: OpenedOrder, order: Order) {
  const { id: orderId, prescriber, hospital, expiry } = order;
  const counts = countsOf(order);
  return {
    ...{ orderId, prescriber, hospital },
    ...content,
    state: orderState(order, Date.now() / 1000),
    prescriberIsActive: standing.isActive,
    issued: toInstant(entry.time),
    until: toInstant(expiry),
    medicines: content.medicines.map((medicine, place) => ({ ...medicine, ...counts[place] })),
  };
}

function linesOf({ patient, prescriber, medicines, state, until, issued }: ReturnType<typeof describe>): string[] {
  const person =
    patient === undefined ? "a patient who is not named" : [patient.name, patient.birthDate].filter(Boolean).join(", ");
  return [
    `For ${person}. Signed by ${prescriber}, ${issued}. Valid until ${until}: ${state}.`,
    ...medicines.map(
      ({ medicine, dosage = "", remaining, prescribed }) =>
        `${medicine}; ${dosage}: ${remaining} of ${prescribed} left`,
    ),
  ];
}

export const dispenseCommand: Spec = {
  name: "dispense",
  summary: "Check a patient's code as a pharmacist, and with --amounts record what you hand out.",
  options: [
    hospitalOption(),
    new Option(
      "--amounts <numbers>",
      "how often each medicine is handed out now, in their order; 0 for none",
    ).argParser(toAmounts),
    new Option("--file <file>", "a file that holds the code; otherwise it is asked for, or read from standard input"),
  ],
  example: "--hospital 1 --amounts 1,0 < code.txt",
  async run(io, { hospital, amounts, file }) {
    const session = await openSession(io);
    const opened = await openOrderCode(session, await readCode(io, file));
    const handedOut = amounts as number[] | undefined;
    const order =
      handedOut === undefined
        ? opened.order
        : await dispense(session, opened, { hospital: hospital as number, amounts: handedOut }, phases(io));
    const described = describe(opened, order);
    const done = handedOut === undefined ? "Nothing was handed out." : "Recorded.";
    return { json: { ...described, dispensed: handedOut ?? null }, lines: [...linesOf(described), done] };
  },
};
