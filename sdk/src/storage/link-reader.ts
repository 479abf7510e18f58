import { type Bytes, fromUtf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes } from "../json.ts";
import { type Sent, fetchCapped } from "./fetch.ts";

/** Largest manifest, with what it embeds, in bytes. */
const MAX_MANIFEST = 1 << 25;
/** Largest refusal, in bytes. */
const MAX_REFUSAL = 4_096;

const over = () =>
  new ChartkeyError(
    "HEALTH_LINK_OVER",
    "This link opens nothing: it is over, was ended, or never was. Ask for a new one.",
  );

/** What the server of a link says no with (HL7 SMART Health Cards and Links, Manifest Request). */
async function refused(response: Response, read: (limit: number) => Promise<Bytes>): Promise<ChartkeyError> {
  const { status } = response;
  if (status === 401) return wrongPasscode(await remainingOf(read));
  await response.body?.cancel();
  if (status === 404 || status === 410) return over();
  if (status !== 429)
    return new ChartkeyError(
      "HEALTH_LINK_REFUSED",
      `The server of this link answered with status ${status}. Ask again later.`,
      {
        details: { status },
      },
    );
  const wait = Number(response.headers.get("retry-after") ?? 1) || 1;
  return new ChartkeyError("HEALTH_LINK_BUSY", `This link was asked for too often. Ask again in ${wait} seconds.`, {
    details: { retryAfter: wait },
  });
}

function wrongPasscode(remainingAttempts: number | undefined): ChartkeyError {
  return new ChartkeyError(
    "HEALTH_LINK_PASSCODE",
    `The passcode is missing or is another one. ${adviceFor(remainingAttempts)}`,
    {
      details: { remainingAttempts },
    },
  );
}

function adviceFor(left: number | undefined): string {
  if (left === undefined) return "Ask who gave you the link.";
  if (left === 0) return "No try is left: the link is locked now. Ask for a new one.";
  const tries = left === 1 ? "One more try is left" : `${left} more tries are left`;
  return `${tries}, then the link is locked. Ask who gave you the link.`;
}

async function remainingOf(read: (limit: number) => Promise<Bytes>): Promise<number | undefined> {
  try {
    const { remainingAttempts: left } = JSON.parse(fromUtf8(await read(MAX_REFUSAL))) as {
      remainingAttempts?: unknown;
    };
    return Number.isSafeInteger(left) && Number(left) >= 0 ? Number(left) : undefined;
  } catch {
    return undefined;
  }
}

async function ask(url: string, limit: number, sent: Sent = {}): Promise<Bytes> {
  try {
    return await fetchCapped(url, limit, { ...sent, refused });
  } catch (cause) {
    if (!(cause instanceof ChartkeyError)) throw cause;
    const { host } = new URL(url);
    if (cause.code === "STORE_UNREACHABLE")
      throw new ChartkeyError(
        "HEALTH_LINK_UNREACHABLE",
        `${host} does not answer, or does not let this page ask it. Try again, or open the link with another program.`,
        {
          details: { host },
        },
      );
    if (cause.code === "STORE_TOO_LARGE")
      throw new ChartkeyError(
        "HEALTH_LINK_TOO_LARGE",
        "This link opens more than this program takes. Nothing of it is shown.",
        {
          details: { limit },
        },
      );
    throw cause;
  }
}

/** Asks for a manifest; the text of its JSON. Throws `HEALTH_LINK_PASSCODE`, `_OVER`, `_BUSY`, `_REFUSED`, `_UNREACHABLE`, `_TOO_LARGE`. */
export async function fetchManifest(url: string, request: { recipient: string; passcode?: string }): Promise<string> {
  const headers = { "content-type": "application/json" };
  return fromUtf8(await ask(url, MAX_MANIFEST, { method: "POST", headers, body: canonicalBytes(request) }));
}

/** Fetches one sealed file. Throws the same. */
export async function fetchSealed(url: string): Promise<string> {
  return fromUtf8(await ask(url, MAX_MANIFEST));
}
