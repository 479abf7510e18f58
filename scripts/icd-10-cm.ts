/**
 * Writes the diagnoses that forms offer, out of the tabular list of ICD-10-CM: the file `icd10cm-tabular-<date>.xml` of
 * https://www.cdc.gov/nchs/icd/icd-10-cm/files.html.
 *
 * Run `node scripts/icd-10-cm.ts FILE 2026-04-01`, with the day from which the list is valid.
 */
import { readFile, writeFile } from "node:fs/promises";
import { format } from "prettier";
import { commonCodes, parseTabular } from "./lib/icd-10-cm.ts";

const [source, version = ""] = process.argv.slice(2);
if (source === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(version)) {
  console.error("Name the XML file of the tabular list, and the day from which it is valid.");
  process.exit(2);
}
const codes = commonCodes(parseTabular(await readFile(source, "utf8")));
const list = {
  system: "http://hl7.org/fhir/sid/icd-10-cm",
  version,
  entries: codes.map(({ code, description }) => [code, description]),
};
const target = new URL("../sdk/src/records/terminology/icd-10-cm.json", import.meta.url);
await writeFile(target, await format(JSON.stringify(list), { parser: "json", printWidth: 120 }));
console.log(`${codes.length} codes written`);
