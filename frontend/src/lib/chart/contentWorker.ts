import { loadValidator } from "@chartkey/sdk/records";
import { readFhir, type FhirContent } from "./content.ts";

/** A record that the worker is to read. */
export interface Unread {
  readonly id: number;
  readonly data: Uint8Array;
  readonly url: unknown;
}

/** What the worker read, by the records' ids. */
export type WorkerAnswer = readonly (readonly [id: number, content: FhirContent])[];

const loading = loadValidator();

async function read(records: readonly Unread[]): Promise<void> {
  const validator = await loading;
  const answer: WorkerAnswer = records.map(({ id, data, url }) => [id, readFhir(data, url, validator)]);
  self.postMessage(answer);
}

// A promise that is rejected is no error of the worker by itself: whoever waits would not be told.
self.onmessage = ({ data }: MessageEvent<readonly Unread[]>) => void read(data).catch(reportError);
