import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deploymentOn } from "@chartkey/sdk";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { ROOT } from "../../scripts/lib/settings.ts";

/** What test/independent-verifier/verify.mjs says of a file. */
export interface Verdict {
  ok: boolean;
  /** The first check that does not hold. */
  failed?: string;
  entries?: number;
  block?: number;
  blockHash?: string;
}

async function writeContracts(path: string): Promise<void> {
  const { registry, keyDirectory, consent, records, appointments, prescriptions, accessLog } =
    deploymentOn(LOCAL_CHAIN_ID);
  const places = {
    HospitalRegistry: registry,
    KeyDirectory: keyDirectory,
    ConsentRegistry: consent,
    RecordRegistry: records,
    Appointments: appointments,
    Prescriptions: prescriptions,
    AccessLog: accessLog,
  };
  const contracts = Object.fromEntries(Object.entries(places).map(([name, address]) => [name, { address }]));
  await writeFile(path, JSON.stringify({ chainId: LOCAL_CHAIN_ID, contracts }));
}

/** Runs the verifier that knows nothing of the sdk on exports, which are put into a folder. */
export async function independentVerdicts(folder: string, ...files: Uint8Array[]): Promise<Verdict[]> {
  const contracts = join(folder, "contracts.json");
  const paths = files.map((_, index) => join(folder, `${index}.json`));
  await Promise.all([writeContracts(contracts), ...paths.map((path, index) => writeFile(path, files[index]!))]);
  const all = [join(ROOT, "test/independent-verifier/verify.mjs"), contracts, ...paths];
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, all, { maxBuffer: 2 ** 24 }, (_error, stdout) => resolve(stdout));
  });
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Verdict);
}
