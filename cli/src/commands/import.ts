import { Argument, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { listFiles } from "../files.ts";
import { importIntoChart } from "../import-chart.ts";
import { readFiles } from "../import-files.ts";
import { progressLine } from "../progress.ts";
import { openUnlocked } from "../session.ts";
import { patientOption } from "./options.ts";

export const importCommand: Spec = {
  name: "import",
  summary:
    "Add FHIR R4 files to a chart: Bundles, resources or NDJSON. What cannot be taken is named, the rest goes on.",
  arguments: [new Argument("<path>", "a file, or a directory with all files in it")],
  options: [
    patientOption(),
    new Option("--person <reference>", "whose records to take from a file about several persons, such as Patient/85"),
  ],
  example: "hospital-export.json --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, person }, [path]) {
    const files = await listFiles(io, path as string);
    const session = await openUnlocked(io);
    const { items, repaired, refused, refusedPlaces } = await readFiles(files, person as string | undefined);
    const show = progressLine(io);
    const { accepted, unchanged } = await importIntoChart(session, patient as Address, items, (done, total) =>
      show(`Stored ${done} of ${total}`),
    ).finally(() => show(""));
    const lines = [
      `${accepted} added, ${unchanged} already there, ${refusedPlaces} refused.`,
      ...repaired.map(({ file, path: place, reason }) => `Repaired: ${file} ${place}: ${reason}`),
      ...refused.map(({ file, path: place, reason }) => `Refused: ${file} ${place}: ${reason}`),
    ];
    return { json: { accepted, unchanged, repaired, refused }, lines, exitCode: refused.length > 0 ? 2 : 0 };
  },
};
