import { StoreError } from "../errors.ts";
import { readJson } from "../http/body.ts";
import { sendJson, sendLines } from "../http/respond.ts";
import { MAX_SESSION_MS } from "./certificate.ts";
import { deliverTogether } from "./deliveries.ts";
import { tokenOf } from "./tokens.ts";
import { endLink, listLinks, makeLink, renewLink } from "./links/pages.ts";
import type { Exchange, Page } from "./page.ts";
import type { Letter } from "./scope-book.ts";
import type { Effort, PageLine, ReceiptPlace } from "./receipt-pages.ts";
import { pageOfReceipts } from "./receipt-pages.ts";
import { parseAddress } from "./scope.ts";

/** Of a sign-in. */
const MAX_BODY_BYTES = 32 * 1024;
const DAY_MS = 24 * 3_600_000;
/** Days that are listed when nobody says since when, and most that are. */
const RECEIPT_DAYS = 30;
const MAX_RECEIPT_DAYS = 400;
/** Lines of receipts, of whomever they are, that cost as much to read as a request. */
const LINES_A_REQUEST = 250;

/** `POST /session/challenge`: a nonce to sign in with. */
const challenge: Page = async ({ gate, request, response }) => {
  gate.countSignIn(request);
  sendJson(response, { ...gate.sessions.challenge(), maxSeconds: MAX_SESSION_MS / 1000 });
};

/** `POST /session`: signs in. */
const signIn: Page = async ({ gate, settings: { idleTimeoutMs }, request, response }) => {
  gate.countSignIn(request);
  const answer = await readJson(request, { maxBytes: MAX_BODY_BYTES, idleTimeoutMs });
  sendJson(response, await gate.sessions.signIn(answer));
};

/** `DELETE /session`: signs out. */
const signOut: Page = async ({ gate, request, response }) => {
  gate.sessions.signOut(tokenOf(request));
  response.writeHead(204).end();
};

/** UTC. */
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Where a page of receipts goes on, `<day>.<lines>` as the one before said. @throws StoreError STORE_REQUEST_INVALID */
function parsePlace(text: string | null): ReceiptPlace | undefined {
  if (text === null) return undefined;
  const [, day, line] = /^(\d{4}-\d\d-\d\d)\.(0|[1-9]\d{0,14})$/.exec(text) ?? [];
  if (day === undefined)
    throw new StoreError("STORE_REQUEST_INVALID", '"after" must be what the page before ended with');
  return { day, line: Number(line) };
}

async function* withPlace(lines: AsyncIterable<PageLine>): AsyncGenerator<unknown> {
  for await (const line of lines) yield "next" in line ? { next: `${line.next.day}.${line.next.line}` } : line;
}

/**
 * `GET /receipts?patient=0x...&since=<day>&first=<number>&after=<place>`: who was handed what of a chart, a page of it; for the patient, and for
 * auditors.
 */
const receipts: Page = async ({ gate, settings, request, response, url }) => {
  const session = gate.sessionOf(request);
  const { account } = session;
  const patient = parseAddress(url.searchParams.get("patient"), "patient");
  const since = url.searchParams.get("since") ?? daysAgo(RECEIPT_DAYS);
  if (!/^\d{4}-\d\d-\d\d$/.test(since))
    throw new StoreError("STORE_REQUEST_INVALID", '"since" must be a day as 2026-01-31');
  const first = url.searchParams.get("first");
  if (first !== null && !/^[1-9]\d{0,3}$/.test(first))
    throw new StoreError("STORE_REQUEST_INVALID", '"first" must be a number from 1 to 9999');
  const after = parsePlace(url.searchParams.get("after"));
  const allowed = (await gate.readers.mayReceive(patient, account)) || (await gate.readers.isAuditor(account));
  if (!allowed) throw new StoreError("STORE_FORBIDDEN", "only the patient and auditors see who was handed what");
  const earliest = daysAgo(MAX_RECEIPT_DAYS);
  const from = since > earliest ? since : earliest;
  const query = { owner: patient, from, after, first: first === null ? undefined : Number(first) };
  await gate.listings.run(account, async () => {
    const effort: Effort = { lines: 0 };
    try {
      const lines = withPlace(pageOfReceipts(gate.receipts, query, effort));
      await sendLines(response, lines, settings.idleTimeoutMs);
    } finally {
      gate.countMore(request, session, effort.lines / LINES_A_REQUEST);
    }
  });
};

/** `GET /letters?owner=0x...&from=0x...`: which letters an account or hospital has, of one uploader or of all; for whoever receives them. */
const letters: Page = async ({ gate, settings, request, response, url }) => {
  const owner = parseAddress(url.searchParams.get("owner"), "owner");
  const from = url.searchParams.get("from");
  const uploader = from === null ? undefined : parseAddress(from, "from");
  const found = await gate.lettersTo(request, owner);
  await sendLines(response, ofUploader(found, uploader), settings.idleTimeoutMs);
};

async function* ofUploader(found: Iterable<Letter>, uploader: string | undefined): AsyncGenerator<Letter> {
  for (const letter of found) if (uploader === undefined || letter.from === uploader) yield letter;
}

/** Pages of the gate, by method and path. */
const PAGES: ReadonlyMap<string, Page> = new Map([
  ["POST /session/challenge", challenge],
  ["POST /session", signIn],
  ["DELETE /session", signOut],
  ["POST /deliveries", deliverTogether],
  ["GET /receipts", receipts],
  ["GET /letters", letters],
  ["POST /links", makeLink],
  ["GET /links", listLinks],
  ["PUT /links", renewLink],
  ["DELETE /links", endLink],
]);

/** Answers a page of the gate; false when it is none. */
export async function answerPage(exchange: Exchange): Promise<boolean> {
  const page = PAGES.get(`${exchange.request.method} ${exchange.url.pathname}`);
  if (!page) return false;
  exchange.response.setHeader("cache-control", "no-store");
  await page(exchange);
  return true;
}
