import { sequenceOf } from "@chartkey/sdk";
import { accountOfReference, answeredBy, categories, placeOfUrl } from "@chartkey/sdk/records";
import type { Address } from "viem";
import type { ChartItem } from "../../../lib/chart/items.ts";

/** A message of a conversation, or the place of one that does not open. */
export interface Message {
  readonly item: ChartItem;
  /** It says to answer something that this chart does not hold. */
  readonly answersUnknown: boolean;
}

/** Somebody who takes part: an account, or who is only named by whoever wrote to him. */
export interface Participant {
  readonly account?: Address;
  readonly name: string;
}

/** A conversation. */
export interface Thread {
  /** That of its first message. */
  readonly key: string;
  /** What it is about; undefined while none of its messages opens. */
  readonly title: string | undefined;
  /** Oldest first, in the order of the ledger. */
  readonly messages: readonly Message[];
  /** Whoever wrote in it, or was written to, but the patient. */
  readonly participants: readonly Participant[];
}

/** The correspondence of a chart. */
export interface Correspondence {
  /** The one that was added to last comes first. */
  readonly threads: readonly Thread[];
  /** Entries of this category that do not open and that nothing answers: what they were about is not known. Newest first. */
  readonly closed: readonly ChartItem[];
}

/** Whose chart it is, and how accounts are called. */
export interface Ward {
  readonly chainId: number;
  readonly patient: Address;
  readonly nameOf: (account: Address) => string;
}

export type Letter = Extract<NonNullable<ChartItem["resource"]>, { resourceType: "Communication" | "ServiceRequest" }>;

/** What an entry says, when it is a message or a request that opens. */
export function letterOf({ resource, integrity }: ChartItem): Letter | undefined {
  if (integrity !== "verified") return undefined;
  return resource?.resourceType === "Communication" || resource?.resourceType === "ServiceRequest"
    ? resource
    : undefined;
}

/** Whether the patient, or whoever succeeded him, wrote it. */
const isByPatient = ({ hospital }: ChartItem) => hospital === 0;

const same = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();

/** In the order in which the ledger has them: a record can only name what was there before it. */
function inOrder(left: ChartItem, right: ChartItem): number {
  const sequence = sequenceOf(left.recordId) - sequenceOf(right.recordId);
  return sequence || left.index - right.index || left.part - right.part;
}

/** An import brings requests by the hundred, which are nobody's letters. */
const isMessage = (item: ChartItem, letter: Letter) =>
  letter.resourceType === "Communication" || item.entry.kind === "entry";

const isClosed = ({ integrity, categories: of }: ChartItem) =>
  integrity !== "verified" && of.length === 1 && of[0] === categories.correspondence;

/** One line stands for an import that does not open at all; of one that opens in part, each record that is withheld has its own. */
const isUnopenedEntry = ({ integrity, withheldSince }: ChartItem) =>
  integrity !== "verified" && integrity !== "unusable" && withheldSince === undefined;

function addressees(letter: Letter): NonNullable<Letter["subject"]>[] {
  const found = letter.resourceType === "Communication" ? letter.recipient : letter.performer;
  return (found ?? []) as NonNullable<Letter["subject"]>[];
}

function participantsOf(item: ChartItem, letter: Letter, { chainId, patient, nameOf }: Ward): Participant[] {
  const author = isByPatient(item) ? [] : [{ account: item.author, name: nameOf(item.author) }];
  const others = addressees(letter).flatMap((reference): Participant[] => {
    const account = accountOfReference(chainId, reference);
    if (account !== undefined) return same(account, patient) ? [] : [{ account, name: nameOf(account) }];
    const name = reference.display;
    return name === undefined || name === letter.subject?.display ? [] : [{ name }];
  });
  return [...author, ...others];
}

/** By name: older messages name their addressee by nothing else. */
const unique = (people: readonly Participant[]) => [
  ...new Map(
    people
      .toSorted((left, right) => Number("account" in left) - Number("account" in right))
      .map((one) => [one.name, one]),
  ).values(),
];

const titleOf = ({ summary }: ChartItem) => summary?.title;

class Sorter {
  readonly #threads: Message[][] = [];
  readonly #ofKey = new Map<string, Message[]>();
  readonly #ofSubject = new Map<string, Message[]>();
  readonly #items: ReadonlyMap<string, ChartItem>;
  readonly #unopened: ReadonlyMap<string, ChartItem>;
  readonly #ward: Ward;

  constructor(items: readonly ChartItem[], ward: Ward) {
    this.#items = new Map(items.map((item) => [item.key, item]));
    this.#unopened = new Map(items.filter(isUnopenedEntry).map((item) => [item.recordId, item]));
    this.#ward = ward;
  }

  /** What a message answers; null for what is not in this chart, or was not there before it. */
  #answered(item: ChartItem, letter: Letter): ChartItem | null | undefined {
    const [url] = letter.resourceType === "Communication" ? answeredBy(letter) : [];
    if (url === undefined) return undefined;
    const place = placeOfUrl(url);
    if (place === undefined) return null;
    const { recordId, index, part } = place;
    const found = this.#items.get(`${recordId}.${index}.${part}`) ?? this.#unopened.get(recordId);
    return found !== undefined && inOrder(found, item) < 0 ? found : null;
  }

  #begin(message: Message): Message[] {
    const thread = [message];
    this.#threads.push(thread);
    this.#ofKey.set(message.item.key, thread);
    return thread;
  }

  #subjectOf(item: ChartItem, letter: Letter): string {
    const people = participantsOf(item, letter, this.#ward).map(({ name }) => name.toLowerCase());
    return [titleOf(item)?.trim().toLowerCase(), ...new Set(people.sort())].join("\n");
  }

  add(item: ChartItem, letter: Letter): void {
    if (this.#ofKey.has(item.key)) return;
    const answered = this.#answered(item, letter);
    const subject = this.#subjectOf(item, letter);
    const message = { item, answersUnknown: answered === null };
    const thread = answered
      ? (this.#ofKey.get(answered.key) ?? this.#begin({ item: answered, answersUnknown: false }))
      : this.#ofSubject.get(subject);
    if (thread === undefined) this.#ofSubject.set(subject, this.#begin(message));
    else {
      thread.push(message);
      this.#ofKey.set(item.key, thread);
      if (!this.#ofSubject.has(subject)) this.#ofSubject.set(subject, thread);
    }
  }

  has({ key }: ChartItem): boolean {
    return this.#ofKey.has(key);
  }

  threads(): Thread[] {
    return this.#threads.map((messages) => {
      const opened = messages.flatMap(({ item }) => {
        const letter = letterOf(item);
        return letter === undefined ? [] : [{ item, letter }];
      });
      const participants = unique(opened.flatMap(({ item, letter }) => participantsOf(item, letter, this.#ward)));
      const [first] = messages;
      return { key: first!.item.key, title: opened[0] && titleOf(opened[0].item), messages, participants };
    });
  }
}

/**
 * The conversations of a chart: an answer stands with what it answers, and other messages with those of the same subject among the same
 * people. What a message answers and does not open holds its place.
 */
export function correspondenceOf(items: readonly ChartItem[], ward: Ward): Correspondence {
  const sorter = new Sorter(items, ward);
  // A chart of a thousand entries has few that matter here.
  const ordered = items.filter((item) => letterOf(item) !== undefined || isClosed(item)).sort(inOrder);
  for (const item of ordered) {
    const letter = letterOf(item);
    if (letter !== undefined && isMessage(item, letter)) sorter.add(item, letter);
  }
  const last = ({ messages }: Thread) => messages.at(-1)!.item;
  return {
    threads: sorter.threads().sort((left, right) => inOrder(last(right), last(left))),
    closed: ordered.filter((item) => isClosed(item) && !sorter.has(item)).reverse(),
  };
}

/** The newest message that an answer can name: one that opens, and if there is one, somebody else's. */
export function answerable({ messages }: Thread, isOwn: (item: ChartItem) => boolean): ChartItem | undefined {
  const opened = messages.map(({ item }) => item).filter((item) => letterOf(item) !== undefined);
  return opened.findLast((item) => !isOwn(item)) ?? opened.at(-1);
}

/** To whom a message says to be: by account, else by name alone. */
export function addresseesOf(letter: Letter, chainId: number): readonly Partial<Participant>[] {
  return addressees(letter).map((reference) => {
    const account = accountOfReference(chainId, reference);
    return { ...(account ? { account } : {}), ...(reference.display ? { name: reference.display } : {}) };
  });
}

/** The paragraphs of what was written. */
export function textsOf(letter: Letter): string[] {
  if (letter.resourceType === "Communication")
    return (letter.payload ?? []).flatMap(({ contentString }) => (contentString === undefined ? [] : [contentString]));
  const reasons = (letter.reasonCode ?? []).map(({ text }) => text);
  const notes = (letter.note ?? []).map(({ text }) => text);
  return [...reasons, ...notes].filter((text) => text !== undefined);
}
