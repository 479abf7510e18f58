import { ChartkeyError } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { exportFhir } from "../export-fhir.ts";
import { exportPatientLedger } from "../export-ledger.ts";
import { requireFree, writeWhole } from "../files.ts";
import type { Io, Result } from "../io.ts";
import { openUnlocked } from "../session.ts";
import { patientOption } from "./options.ts";

async function exportRecords(io: Io, file: string, patient: Address): Promise<Result> {
  const session = await openUnlocked(io);
  const { text, resources, unreadable } = await exportFhir(session, patient);
  await writeWhole(io, file, text);
  const left = unreadable === 0 ? "" : ` ${unreadable} entries could not be read and are not in it.`;
  return {
    json: { file, patient, resources, unreadable },
    lines: [`${resources} resources written to ${file}, readable by anybody who has the file.${left}`],
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
    "Write a chart's ledger with its proof to a file (no key needed), or with --fhir its records as a FHIR Bundle.",
  arguments: [new Argument("[file]", "where to write the ledger")],
  options: [
    patientOption(),
    new Option("--fhir <file>", "where to write the records you can read, decrypted"),
    new Option("--with-payloads", "put the encrypted records into the ledger's file too"),
    new Option("--overwrite", "replace a file that is there already"),
  ],
  example: "ledger.json --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, fhir, withPayloads = false, overwrite = false }, [file]) {
    if ((file === undefined) === (fhir === undefined) || (fhir !== undefined && withPayloads === true))
      throw new ChartkeyError("USAGE", "Name one file: for the ledger, or with --fhir for the decrypted records.");
    if (overwrite !== true) await requireFree(io, (file ?? fhir) as string);
    return fhir === undefined
      ? exportProof(io, file as string, patient as Address, withPayloads === true)
      : exportRecords(io, fhir as string, patient as Address);
  },
};
