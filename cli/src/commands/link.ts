import {
  ChartkeyError,
  HEALTH_CARD_TYPE,
  type HealthLinkFile,
  type LinkChoice,
  type LinkContent,
  type OwnHealthLink,
  type ReadSession,
  type RecordReference,
  type Timeline,
  type UnlockedSession,
  accountOf,
  decodeHealthLink,
  endHealthLink,
  fromUtf8,
  hostOfLink,
  linkContent,
  makeHealthLink,
  openManifest,
  readHealthLinks,
  readTimeline,
  renewHealthLink,
  requestManifest,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { Argument, Option } from "commander";
import type { Hex } from "viem";
import type { Spec } from "../command.ts";
import { requireFree, writeWhole } from "../files.ts";
import { KEY_OPTIONS, cardKeys, checkCards } from "../health-cards.ts";
import { recordIdOf } from "../record-id.ts";
import { openUnlocked } from "../session.ts";
import { toCategories, toCount, toEnd, toInstant, toRecord, toText } from "../values.ts";

const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const FHIR = "application/fhir+json";

const toJson = ({
  name,
  label,
  state,
  made,
  exp,
  uses,
  maxUses,
  passcode,
  remainingAttempts,
  openings,
  renewable,
  renewed,
}: OwnHealthLink) => ({
  ...{ link: name, label: label ?? null, state, made: toInstant(made), until: toInstant(exp), uses, maxUses, passcode },
  ...{ renewable, renewed: renewed === undefined ? null : toInstant(renewed) },
  remainingAttempts: passcode ? remainingAttempts : null,
  openings: openings.map(({ time, recipient }) => ({ time: toInstant(time), recipient })),
});

async function referencesOf(
  session: ReadSession,
  { patient, entries }: Timeline,
  wanted: (Hex | number)[],
): Promise<RecordReference[]> {
  const ids = await Promise.all(wanted.map((one) => recordIdOf(session, patient, one)));
  return entries.flatMap(({ records }) => records).filter(({ recordId }) => ids.includes(recordId));
}

const CONTENT_OPTIONS: readonly Option[] = [
  new Option("--content <content>", "ips: a summary; bundle: what is current")
    .choices(["ips", "bundle"])
    .default("ips"),
  new Option("--categories <categories>", "what of it: names with commas, or all").argParser(toCategories),
  new Option("--record <record...>", "these records instead: ids, or numbers in the ledger").argParser(
    (text: string, before: (Hex | number)[] = []) => [...before, toRecord(text)],
  ),
];

/** What a link is to open, by `CONTENT_OPTIONS`, as the chart is now. */
async function contentOf(
  session: UnlockedSession,
  { content, categories = ALL, record }: Record<string, unknown>,
): Promise<LinkContent> {
  const [timeline, validator] = await Promise.all([readTimeline(session, accountOf(session)), loadValidator()]);
  const choice: LinkChoice =
    record === undefined
      ? { format: content as "ips" | "bundle", categories: categories as number[] }
      : { format: "records", records: await referencesOf(session, timeline, record as (Hex | number)[]) };
  return linkContent(session, timeline, validator, choice, new Date().toISOString());
}

const create: Spec = {
  name: "link create",
  summary: "Make a SMART Health Link: whoever has it reads a summary, categories or single records until its end.",
  options: [
    new Option("--until <moment>", "end: a date, or an instant, within 366 days")
      .argParser(toEnd)
      .makeOptionMandatory(),
    ...CONTENT_OPTIONS,
    new Option("--renewable", "let `link renew` replace later what it opens"),
    new Option("--label <words>", "what the one who has it reads first; at most 80 characters").argParser(toText),
    new Option("--uses <number>", "how often it opens, up to 1,000").argParser(toCount),
    new Option("--passcode", "ask for a passcode of 6 characters or more, which the store wants to hear"),
  ],
  example: "--until 2027-06-30 --label 'For the clinic' --passcode",
  async run(io, { until, label, uses, passcode, renewable = false, ...content }) {
    const session = await openUnlocked(io);
    const { file, made } = await contentOf(session, content);
    const { name, text } = await makeHealthLink(session, {
      ...{ files: [file], exp: until as number, renewable: renewable === true },
      ...(label === undefined ? {} : { label: label as string }),
      ...(uses === undefined ? {} : { uses: uses as number }),
      ...(passcode === true ? { passcode: await io.readSecret("Passcode for the link: ") } : {}),
    });
    const { resources, unreadable, files } = made;
    return {
      json: { link: name, text, resources, unreadable, files },
      lines: [
        `Made, with ${resources} resources. Whoever has this text reads them until ${toInstant(until as number)}:`,
        text,
      ],
    };
  },
};

const list: Spec = {
  name: "link list",
  summary: "List your health links that open or ended in the last 30 days, with who said to have opened them.",
  example: "",
  async run(io) {
    const found = await readHealthLinks(await openUnlocked(io));
    const links = found.links.map(toJson);
    const silent = found.silent.map(({ store, cause }) => ({ store, code: cause.code }));
    for (const { store, code } of silent) io.stderr(`${store} did not say which links it serves (${code}).\n`);
    const lines = links.flatMap(({ link, label, state, until, uses, openings }) => [
      `${link}  ${state}  until ${until}  opened ${uses} times  ${label ?? ""}`.trimEnd(),
      ...openings.map(({ time, recipient }) => `  ${time}  ${recipient}`),
    ]);
    return {
      json: { links, silent },
      lines: lines.length === 0 && silent.length === 0 ? ["You have no health links."] : lines,
      exitCode: silent.length === 0 ? 0 : 1,
    };
  },
};

/** Throws `LINK_UNKNOWN`, or `LINK_STORE_SILENT` while a store that did not answer may serve it. */
async function findLink(session: UnlockedSession, wanted: unknown): Promise<OwnHealthLink> {
  const { links, silent } = await readHealthLinks(session);
  const link = links.find(({ name }) => name === wanted);
  if (link !== undefined) return link;
  if (silent.length === 0)
    throw new ChartkeyError(
      "LINK_UNKNOWN",
      "There is no such link. Nothing was changed. The links: npm run chartkey -- link list",
    );
  throw new ChartkeyError(
    "LINK_STORE_SILENT",
    `No store that answered serves this link, and ${silent.map(({ store }) => store).join(", ")} did not say which it serves. Nothing was changed: the link may still open. Try again when every store answers.`,
  );
}

const NAME = new Argument("<link>", "name of the link, as `link list` shows it").argParser(toText);

const renew: Spec = {
  name: "link renew",
  summary: "Replace what a link opens that was made with --renewable. Its text, passcode and end stay.",
  arguments: [NAME],
  options: CONTENT_OPTIONS,
  example: "bafkrei... --categories results",
  async run(io, options, [wanted]) {
    if (options["categories"] === undefined && options["record"] === undefined)
      throw new ChartkeyError("USAGE", "Say what it is to open with --categories or --record.");
    const session = await openUnlocked(io);
    const link = await findLink(session, wanted);
    const { file, made } = await contentOf(session, options);
    await renewHealthLink(session, link, [file]);
    const { resources, unreadable, files } = made;
    return {
      json: { link: link.name, resources, unreadable, files },
      lines: [`Renewed: it opens ${resources} resources now. What was fetched before stays with whoever fetched it.`],
    };
  },
};

const revoke: Spec = {
  name: "link revoke",
  summary: "End a health link now. What was fetched before stays with whoever fetched it.",
  arguments: [NAME],
  example: "bafkrei...",
  async run(io, _, [wanted]) {
    const session = await openUnlocked(io);
    const link = await findLink(session, wanted);
    await endHealthLink(session, link);
    return { json: { link: link.name, state: "revoked" }, lines: ["Ended. It opens nothing any more."] };
  },
};

const open: Spec = {
  name: "link open",
  summary: "Read what a SMART Health Link of any maker opens. The link is asked for, not an argument: it is a secret.",
  options: [
    new Option("--recipient <words>", "who asks: whoever made the link is told")
      .argParser(toText)
      .makeOptionMandatory(),
    new Option("--other-hosts", "fetch files also from other hosts than the link's own"),
    ...KEY_OPTIONS,
    new Option("--output <file>", "write what it opens into a new file"),
    new Option("--overwrite", "replace a file that is there already"),
  ],
  example: "--recipient 'Dr Roth, City Clinic'",
  async run(io, options) {
    const { recipient, otherHosts = false, output, overwrite = false } = options;
    if (output !== undefined && overwrite !== true) await requireFree(io, output as string);
    const keys = await cardKeys(io, options);
    const link = decodeHealthLink(await io.readSecret("Link: "));
    io.stderr(`Asking ${hostOfLink(link)}.\n`);
    const passcode = link.flag?.includes("P") ? { passcode: await io.readSecret("Passcode of the link: ") } : {};
    const manifest = await requestManifest(link, { recipient: recipient as string, ...passcode });
    if (manifest.otherHosts.length > 0 && otherHosts !== true)
      throw new ChartkeyError(
        "LINK_OTHER_HOSTS",
        `The files of this link are at ${manifest.otherHosts.join(", ")}. Nothing was asked there. If that is right, add --other-hosts.`,
      );
    const opened = await openManifest(link, manifest);
    const cardFiles = opened.filter(isCardFile).map(({ data }) => data);
    const cards = await checkCards(cardFiles, keys);
    const files = opened.map((file) => ({
      contentType: file.contentType,
      content: readable(file.contentType, fromUtf8(file.data)),
      ...(isCardFile(file) ? { cards: cards.shift() ?? [] } : {}),
    }));
    const shown = { label: link.label ?? null, host: hostOfLink(link), files };
    const text = JSON.stringify(shown, null, 2);
    if (output === undefined) return { json: shown, lines: text.split("\n") };
    await writeWhole(io, output as string, `${text}\n`);
    return {
      json: { file: output, files: files.length },
      lines: [`${files.length} files written to ${output as string}.`],
    };
  },
};

const isCardFile = ({ contentType }: HealthLinkFile) => contentType.split(";", 1)[0] === HEALTH_CARD_TYPE;

/** FHIR as JSON, so that it is read and not quoted. */
function readable(contentType: string, text: string): unknown {
  if (contentType !== FHIR) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export const linkCommands: readonly Spec[] = [create, list, renew, revoke, open];
