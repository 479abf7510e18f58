import type { OpenedRecord, PartOfTimeline } from "@chartkey/sdk";
import { skipToken, useQuery, type QueryClient } from "@tanstack/react-query";
import type { Address } from "viem";
import { plaintext } from "../session/plaintext.ts";
import { useUnlockedSession } from "../session/session.ts";
import type { ContentReader } from "./ContentReader.ts";
import { chartItems, type ChartItem } from "./items.ts";

/** What is open of a chart while the rest is still being opened: its newest entries, which nothing in the rest changes. */
export interface OpeningChart {
  /** Newest first. */
  readonly items: readonly ChartItem[];
  /** Records in them, and in the whole chart. */
  readonly opened: number;
  readonly total: number;
}

/** Records from which on a chart takes long enough to be shown before it is whole. */
const MANY = 200;
/** Records that are shown first: a few screens of them. */
const FIRST = 50;
/** Milliseconds between two states of it: each makes the list move. */
const PACE = 1000;

/** Key of a chart that is being opened. */
export function openingKey(chainId: number, reader: string | undefined, patient: string | undefined) {
  return ["opening", chainId, reader ?? null, patient?.toLowerCase() ?? null] as const;
}

/** Has the records of a chart read as they are opened, and shows those, at a calm pace. */
export class OpeningShow {
  readonly #show: (opening: OpeningChart) => void;
  readonly #reader: Pick<ContentReader, "contentOf">;
  #soFar: () => PartOfTimeline = () => ({ entries: [], total: 0 });
  #total = 0;
  /** Records whose content was read: to wait for the others would be to wait for the whole. */
  readonly #read = new Set<OpenedRecord>();
  /** How many there were when it was shown last. */
  #known = 0;
  #nextAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(reader: Pick<ContentReader, "contentOf">, show: (opening: OpeningChart) => void) {
    this.#reader = reader;
    this.#show = show;
  }

  found(records: number, soFar: () => PartOfTimeline): void {
    this.#total = records;
    this.#soFar = soFar;
  }

  /** One more record is open; has it read. */
  opened(record: OpenedRecord): void {
    const reading = this.#reader.contentOf(record);
    if (this.#total < MANY) return;
    const isRead = () => {
      this.#read.add(record);
      if (this.#read.size >= FIRST) this.#plan();
    };
    reading.then(isRead, () => {}); // Who reads the whole chart is told.
  }

  /** Nothing is shown from now on. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** Has it shown when the time has come, unless nothing came since. */
  #plan(): void {
    if (this.#isOver || this.#read.size === this.#known) return;
    this.#timer ??= setTimeout(() => void this.#next(), this.#nextAt - performance.now());
  }

  async #next(): Promise<void> {
    this.#known = this.#read.size;
    const { entries, total } = this.#soFar();
    const isRead = (record: OpenedRecord) => this.#read.has(record);
    const opened = entries.reduce((sum, { records }) => sum + records.filter(isRead).length, 0);
    const items = await chartItems({ entries }, this.#reader, isRead).catch(() => []);
    if (!this.#isOver && items.length > 0) this.#show({ items, opened, total });
    this.#nextAt = performance.now() + PACE;
    this.#timer = undefined;
    this.#plan();
  }
}

/** Where a chart that is read is shown meanwhile; the query client forgets it with everything else that was decrypted. */
export function showIn(
  client: QueryClient,
  key: ReturnType<typeof openingKey>,
): (opening: OpeningChart | null) => void {
  client.setQueryDefaults(key, plaintext);
  return (opening) => client.setQueryData(key, opening);
}

/** What is open of a chart that `useChart` is opening for the first time; null when nothing is to be shown. */
export function useOpeningChart(patient: Address | undefined): OpeningChart | null {
  const session = useUnlockedSession();
  const { data } = useQuery<OpeningChart | null>({
    queryKey: openingKey(session?.chain.id ?? 0, session?.wallet.account.address, patient),
    queryFn: skipToken,
    ...plaintext,
  });
  return data ?? null;
}
