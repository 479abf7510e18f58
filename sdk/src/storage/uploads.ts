import { type Bytes, concat, fromUtf8, randomBytes, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { IMPORT_PROFILE } from "./cid.ts";
import { fetchCapped, transferTimeout, unreachable } from "./fetch.ts";
import { refusalOf } from "./refusal.ts";
import { type FileScope, sameScope } from "./scope.ts";

/** What is told of an upload, and how it is stopped. */
export interface Upload {
  /** Is told how many of the file's bytes were sent; of several stores, to the slowest. */
  onSent?: ((bytes: number) => void) | undefined;
  /** Stops it; the reason is thrown. What a store has of the file by then is nobody's, and swept. */
  signal?: AbortSignal | undefined;
}

/** Largest file that is uploaded together with others, in bytes. */
export const SMALL_FILE = 1 << 16;
/** Most files of one request, and most bytes of them: few enough that a slow line carries them in the time that a store has to answer. */
const MAX_FILES = 64;
const MAX_BYTES = 1 << 19;
/** Longest line of the answer for a file, in bytes. */
const MAX_LINE = 512;

/** A file that is uploaded with others of the same scope. */
export interface SmallFile {
  readonly bytes: Bytes;
  readonly scope: FileScope;
}

/** Kubo's options of `add` for the import profile, for its HTTP API (https://docs.ipfs.tech/reference/kubo/rpc/). */
const OPTIONS = {
  "cid-version": String(IMPORT_PROFILE.cidVersion),
  "raw-leaves": String(IMPORT_PROFILE.rawLeaves),
  chunker: `size-${IMPORT_PROFILE.chunkSize}`,
  "max-file-links": String(IMPORT_PROFILE.maxLinks),
  pin: "true",
};

/** Whether a file may join others in one request. */
export function fitsUpload(group: readonly SmallFile[], { bytes, scope }: SmallFile): boolean {
  const size = group.reduce((sum, file) => sum + file.bytes.length, bytes.length);
  return group.length < MAX_FILES && size <= MAX_BYTES && sameScope(group[0]!.scope, scope);
}

/**
 * Uploads files of one scope in one request, and gives the CIDs under which the store filed them; none when it takes them one by one alone.
 * Throws what a store refuses with.
 */
export async function addTogether(
  url: string,
  headers: Record<string, string>,
  files: readonly SmallFile[],
): Promise<string[]> {
  const fields = Object.entries(files[0]!.scope).map(([name, value]) => [name, String(value)]);
  const query = new URLSearchParams([...Object.entries(OPTIONS), ...fields] as [string, string][]);
  const boundary = `chartkey-${toBase64Url(randomBytes(24))}`;
  const sent = { ...headers, "content-type": `multipart/form-data; boundary=${boundary}` };
  const body = multipart(files, boundary);
  try {
    const answer = await fetchCapped(`${url}/api/v0/add?${query}`, files.length * MAX_LINE, {
      ...{ method: "POST", headers: sent, body },
    });
    return namesIn(fromUtf8(answer), files.length);
  } catch (error) {
    if (error instanceof ChartkeyError && error.code === "STORE_TOO_LARGE") return [];
    throw error;
  }
}

/** A multipart/form-data body (RFC 7578), in which each file is named by its place. */
function multipart(files: readonly SmallFile[], boundary: string): Bytes {
  const parts = files.flatMap(({ bytes }, place) => [
    utf8(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${place}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    utf8("\r\n"),
  ]);
  return concat(...parts, utf8(`--${boundary}--\r\n`));
}

/** The CIDs of an answer, one JSON a line, in the order of the files. */
function namesIn(answer: string, count: number): string[] {
  const names: string[] = [];
  for (const line of answer.split("\n").filter((text) => text.trim() !== "")) {
    const { Name: place, Hash: cid } = JSON.parse(line) as { Name?: unknown; Hash?: unknown };
    if (typeof cid === "string") names[Number(place)] = cid;
  }
  return Array.from({ length: count }, (_, place) => names[place] ?? "");
}

/** `maxFileLinks` is Kubo's `max-file-links`, which its client passes on though its types do not name it. */
const CLIENT_OPTIONS = {
  cidVersion: IMPORT_PROFILE.cidVersion,
  rawLeaves: IMPORT_PROFILE.rawLeaves,
  chunker: `size-${IMPORT_PROFILE.chunkSize}`,
  maxFileLinks: IMPORT_PROFILE.maxLinks,
  pin: true,
};

/**
 * Uploads one file of any size, and gives the CID under which the store filed it. Throws what the store refuses with, `STORE_UNREACHABLE`,
 * and the reason of the upload's signal.
 */
export async function addAlone(
  url: string,
  headers: Record<string, string>,
  { file, scope, upload: { signal, onSent } }: { file: Bytes | Blob; scope: FileScope; upload: Upload },
): Promise<string> {
  const { create } = await import("kubo-rpc-client"); // Only for uploads: who reads need not fetch it.
  signal?.throwIfAborted();
  try {
    const client = create({ url: `${url}/api/v0`, headers });
    const timeout = AbortSignal.timeout(transferTimeout(file instanceof Blob ? file.size : file.length));
    const { cid } = await client.add(file, {
      ...CLIENT_OPTIONS,
      ...scope,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      ...(onSent && { progress: onSent }),
    });
    return cid.toString();
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof Error && cause.name === "HTTPError")) throw unreachable(url, cause);
    const { status, headers: answered } = (cause as Error & { response: Response }).response;
    // A browser that tells how far it is has this for an answer that never came.
    if (status === 0) throw unreachable(url, cause);
    const [code, retryAfter] = [answered.get("x-store-error"), answered.get("retry-after")];
    throw refusalOf(url, { status, code, retryAfter });
  }
}
