import {
  ChartkeyError,
  HEALTH_CARD_TYPE,
  newCardRoom,
  readHealthCards,
  type HealthCard,
  type HealthLinkFile,
} from "@chartkey/sdk";
import { categoryOf, isFrame, parseJson, summarize, type Summary, type Validator } from "@chartkey/sdk/records";

type Resource = Parameters<typeof summarize>[0];

/** A resource that is shown. */
export interface ShownResource {
  readonly resource: Resource;
  readonly summary: Summary;
  readonly category: number;
}

/** What is shown of a Bundle, or of what is one resource. */
export interface ShownRecords {
  /** By category, in the order of the file. */
  readonly resources: readonly ShownResource[];
  /** What is no valid FHIR R4, and so not shown. */
  readonly unusable: number;
  /** Records that were looked at, and those after them. */
  readonly looked: number;
  readonly rest: number;
}

/** A SMART Health Card, and what is in it. */
export interface ShownCard extends ShownRecords {
  readonly card: HealthCard;
}

/** What is shown of a file that a link opened. */
export type ShownFile =
  | ({ readonly kind: "fhir" } & ShownRecords)
  /** `unreadable` counts cards of the file that are none. */
  | { readonly kind: "cards"; readonly cards: readonly ShownCard[]; readonly unreadable: number }
  /** `beyond`: the files before it hold as much as is shown. */
  | { readonly kind: "noCards" | "unreadable" | "foreign" | "beyond" };

const FHIR = "application/fhir+json";
/** Records of a link that are looked at: a few sealed bytes may unpack to any number. */
export const MAX_SHOWN = 2_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The entries of a Bundle, else what is one itself. */
function entriesOf(json: unknown): unknown[] {
  if (!isObject(json) || json["resourceType"] !== "Bundle") return [{ resource: json }];
  const { entry } = json;
  return Array.isArray(entry) ? entry : [];
}

function shown(value: unknown, validator: Validator): ShownResource | undefined {
  if (!isObject(value) || !validator.isResourceType(value["resourceType"])) return undefined;
  const resource = value as unknown as Resource;
  if (validator.validate(resource).length > 0) return undefined;
  return { resource, summary: summarize(resource), category: categoryOf(resource) };
}

/** Undefined for what is no JSON, or holds what programs read in different ways. */
function jsonOf(data: HealthLinkFile["data"]): unknown {
  try {
    const { value, issues } = parseJson(data);
    return issues.length > 0 ? undefined : value;
  } catch (error) {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  }
}

/** Reads what a link opened: whoever made it may have put anything into it. */
export async function showFiles(files: readonly HealthLinkFile[], validator: Validator): Promise<ShownFile[]> {
  let left = MAX_SHOWN;
  const room = newCardRoom();
  const take = (json: unknown): ShownRecords => {
    const records = showRecords(json, validator, left);
    left -= records.looked;
    return records;
  };
  const showFile = async ({ contentType, data }: HealthLinkFile): Promise<ShownFile> => {
    const [type] = contentType.split(";", 1);
    if (type !== FHIR && type !== HEALTH_CARD_TYPE) return { kind: "foreign" };
    if (left === 0) return { kind: "beyond" };
    if (type === FHIR) {
      const json = jsonOf(data);
      return json === undefined ? { kind: "unreadable" } : { kind: "fhir", ...take(json) };
    }
    const read = await readHealthCards(data, room).catch(noneOf);
    if (read === undefined) return { kind: "noCards" };
    const cards = read.flatMap((card) => (card instanceof ChartkeyError ? [] : [{ card, ...take(card.bundle) }]));
    return { kind: "cards", cards, unreadable: read.length - cards.length };
  };
  const all: ShownFile[] = [];
  // One after another, since they share what is looked at.
  for (const file of files) all.push(await showFile(file));
  return all;
}

function noneOf(error: unknown): undefined {
  if (!(error instanceof ChartkeyError)) throw error;
}

function showRecords(json: unknown, validator: Validator, most: number): ShownRecords {
  const entries = entriesOf(json);
  const found = entries.slice(0, most).map((one) => shown(isObject(one) ? one["resource"] : undefined, validator));
  const valid = found.filter((each) => each !== undefined);
  const resources = valid
    .filter(({ resource }) => !isFrame(resource))
    .sort((left, right) => left.category - right.category);
  const looked = found.length;
  return { resources, unusable: looked - valid.length, looked, rest: entries.length - looked };
}
