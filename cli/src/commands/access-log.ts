import { accountOf, readAccessLog } from "@chartkey/sdk";
import { accessLogCsv, buildAuditBundle } from "@chartkey/sdk/records";
import { Argument, InvalidArgumentError, Option } from "commander";
import type { Spec } from "../command.ts";
import { requireFree, writeWhole } from "../files.ts";
import { openSession } from "../session.ts";

/** As many days as a store tells of when nobody says otherwise. */
const DAYS = 30;

function toDay(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError("Expected a day, such as 2027-06-30.");
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export const accessLogCommand: Spec = {
  name: "access-log",
  summary: "Write who was given access to your chart, added to it, opened it in an emergency, or was handed its files.",
  arguments: [new Argument("<file>", "where to write it")],
  options: [
    new Option("--format <format>", "CSV, or a FHIR Bundle of AuditEvents").choices(["csv", "fhir"]).default("csv"),
    new Option("--since <day>", `deliveries of stores from this day on (UTC); default ${DAYS} days ago`).argParser(
      toDay,
    ),
    new Option("--overwrite", "replace a file that is there already"),
  ],
  example: "access.csv",
  async run(io, { format, since = daysAgo(DAYS), overwrite = false }, [file]) {
    const path = file as string;
    if (overwrite !== true) await requireFree(io, path);
    const session = await openSession(io);
    const { lines, silent } = await readAccessLog(session, accountOf(session), { since: since as string });
    const timestamp = new Date().toISOString();
    const text =
      format === "csv" ? accessLogCsv(lines) : JSON.stringify(buildAuditBundle(lines, { timestamp }), null, 2);
    await writeWhole(io, path, text);
    const missing = silent.map(({ store, cause }) => ({ store, code: cause.code }));
    return {
      json: { file: path, format, since, lines: lines.length, silent: missing },
      exitCode: silent.length === 0 ? 0 : 1,
      lines: [
        `${lines.length} lines written to ${path}. What the chain says is complete; deliveries are what the stores say, since ${since as string}.`,
        ...missing.map(
          ({ store, code }) => `The store at ${store} did not say what it handed out (${code}). Run this again.`,
        ),
      ],
    };
  },
};
