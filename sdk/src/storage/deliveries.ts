import { type Bytes, copy } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { fetchBody } from "./fetch.ts";
import { whenNotBusy } from "./patience.ts";
import type { FileScope } from "./scope.ts";
import { signedIn } from "./signed-in.ts";
import type { StoreSession } from "./store-session.ts";
import { readBlocks, wrongBytes } from "./stream-blocks.ts";

/** A private file of one block. */
export interface AskedFile {
  readonly cid: string;
  readonly scope: FileScope;
}

/** How a store refuses that hands out files one by one. */
const UNKNOWN_PAGE = ["STORE_NOT_FOUND", "STORE_REFUSED"];

const isOneOf = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof ChartkeyError && codes.includes(error.code);

/**
 * Several files of one block each in one request, each checked against its CID; undefined for what did not come: who asks for it alone is
 * told why. All are signed for at once. Throws `WALLET_REJECTED`, `STORE_UNAUTHORIZED`, `STORE_BUSY`, `STORE_UNREACHABLE`.
 */
export async function fetchTogether(
  url: string,
  session: StoreSession,
  files: readonly AskedFile[],
): Promise<(Bytes | undefined)[]> {
  const came = new Map<string, Bytes>();
  try {
    const { authorization } = await session.headersFor(url);
    if (authorization === undefined) return [];
    for await (const { cid, bytes } of readBlocks(await ask(url, session, files))) {
      const name = cid.toString();
      // What nobody asked for, or twice, would fill the memory.
      if (came.has(name) || !files.some((file) => file.cid === name)) throw wrongBytes();
      came.set(name, copy(bytes));
    }
  } catch (error) {
    // What came before was checked, and is good.
    if (came.size === 0 && !isOneOf(error, [...UNKNOWN_PAGE, "STORE_WRONG_BYTES"])) throw error;
  }
  return files.map(({ cid }) => came.get(cid));
}

/** Signed anew at each try: a signature is a receipt for one delivery. */
function ask(url: string, session: StoreSession, files: readonly AskedFile[]): Promise<AsyncGenerator<Bytes>> {
  const cids = files.map(({ cid }) => cid);
  const post = async (headers: Record<string, string>) => {
    const body = canonicalBytes({ request: await session.signGroup(url, cids, files[0]!.scope) });
    return fetchBody(`${url}/deliveries`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
    });
  };
  return whenNotBusy(() => signedIn(url, session, (signed) => signed.headersFor(url), post));
}
