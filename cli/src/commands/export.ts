import {
  type ChartProof,
  ChartkeyError,
  EXPORT_FILES,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportedChart,
  exportChart,
  exportedText,
  readChartProof,
  readTimeline,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { Argument, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { exportPatientLedger } from "../export-ledger.ts";
import { requireFree, writeWhole } from "../files.ts";
import type { Io, Result } from "../io.ts";
import { openUnlocked } from "../session.ts";
import { toCategories } from "../values.ts";
import { patientOption } from "./options.ts";

interface Records {
  patient: Address;
  format: ExportFormat;
  categories?: number[] | undefined;
  withProof: boolean;
  withFiles: boolean;
}

/** What is not in the file, in sentences. */
function leftOut({ unreadable, files, hidden }: ExportedChart, format: ExportFormat): string[] {
  return [
    ...(unreadable === 0 ? [] : [`${unreadable} entries could not be read and are not in it.`]),
    ...(files === 0 ? [] : [`${files} files are no FHIR and are not in it: write each with open --output.`]),
    ...(hidden === 0 ? [] : [`${hidden} records that you hid are ${format === "ips" ? "not " : ""}in it.`]),
  ];
}

const silentIn = ({ silent }: ChartProof) => silent.map(({ store, cause }) => ({ store, code: cause.code }));

async function exportRecords(io: Io, file: string, chosen: Records): Promise<Result> {
  const { patient, format, categories, withProof, withFiles } = chosen;
  const session = await openUnlocked(io);
  const date = new Date().toISOString();
  const [timeline, validator] = await Promise.all([readTimeline(session, patient), loadValidator()]);
  const proof = withProof ? await readChartProof(session, timeline, date) : undefined;
  const narrowed = {
    ...(categories === undefined ? {} : { categories }),
    ...(proof === undefined ? {} : { proof }),
    ...(withFiles ? { files: EXPORT_FILES } : {}),
  };
  const exported = exportChart(timeline, validator, { format, ...narrowed, date });
  const { resources, unreadable, files, hidden } = exported;
  await writeWhole(io, file, exportedText(session, patient, exported));
  return {
    json: { file, patient, format, resources, unreadable, files, hidden, ...(proof && { silent: silentIn(proof) }) },
    lines: [
      `${resources} resources written to ${file}. The file is not encrypted: whoever has it reads them.`,
      ...leftOut(exported, format),
      ...(proof === undefined ? [] : silentIn(proof)).map(
        ({ store, code }) => `The store at ${store} did not say what it handed out (${code}).`,
      ),
    ],
  };
}

async function exportProof(io: Io, file: string, patient: Address, withPayloads: boolean): Promise<Result> {
  const bytes = await exportPatientLedger(io, patient, withPayloads);
  await writeWhole(io, file, bytes);
  return {
    json: { file, patient, bytes: bytes.length, withPayloads },
    lines: [`The ledger was written to ${file}. Check it anywhere: npm run chartkey -- verify ${file}`],
  };
}

export const exportCommand: Spec = {
  name: "export",
  summary:
    "Write a chart's ledger with its proof to a file (no key needed), or with --format the records that you can read, decrypted.",
  arguments: [new Argument("<file>", "where to write it")],
  options: [
    patientOption(),
    new Option("--format <format>", "the records instead of the ledger").choices(EXPORT_FORMATS),
    new Option("--categories <categories>", "what of the records: names with commas, or all").argParser(toCategories),
    new Option("--with-proof", "with a bundle or ndjson: also who may read, and where each record stands on the chain"),
    new Option(
      "--with-files",
      "with a bundle or ndjson: also scans and other files, up to 20 MB each and 64 MB together",
    ),
    new Option("--with-payloads", "put the encrypted records into the ledger's file too"),
    new Option("--overwrite", "replace a file that is there already"),
  ],
  example: "summary.json --format ips --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, format, categories, withPayloads = false, overwrite = false, ...more }, [file]) {
    const [withProof, withFiles] = [more["withProof"] === true, more["withFiles"] === true];
    if (format === undefined ? categories !== undefined : withPayloads === true)
      throw new ChartkeyError(
        "USAGE",
        "--categories goes with --format, for the decrypted records; --with-payloads goes without it, for the ledger.",
      );
    if ((withProof || withFiles) && format !== "bundle" && format !== "ndjson")
      throw new ChartkeyError("USAGE", "--with-proof and --with-files go with --format bundle or ndjson.");
    const path = file as string;
    if (overwrite !== true) await requireFree(io, path);
    return format === undefined
      ? exportProof(io, path, patient as Address, withPayloads === true)
      : exportRecords(io, path, { patient, format, categories, withProof, withFiles } as Records);
  },
};
