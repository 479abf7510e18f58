import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** One file of a link, as a manifest names it. */
export interface Ticket {
  readonly link: string;
  readonly index: number;
  /** Of what the link opens, in milliseconds since 1970: a ticket is for no other files than those that its manifest named. */
  readonly version: number;
}

/** How long a file may be fetched after its manifest was, in milliseconds; the specification allows an hour. */
export const TICKET_MS = 5 * 60_000;

/** Short-lived names of files. Nothing is kept: a restart ends all of them, and readers ask for the manifest again. */
export class Tickets {
  readonly #key = randomBytes(32);

  issue({ link, index, version }: Ticket): string {
    const text = `${link}.${index}.${version}.${Date.now() + TICKET_MS}`;
    return `${text}.${this.#sign(text).toString("base64url")}`;
  }

  /** What a ticket is for; undefined when it is none of ours or too old. */
  take(ticket: string): Ticket | undefined {
    const [link = "", index = "", version = "", until = "", mac = ""] = ticket.split(".");
    const [given, right] = [Buffer.from(mac, "base64url"), this.#sign(`${link}.${index}.${version}.${until}`)];
    if (given.length !== right.length || !timingSafeEqual(given, right) || Number(until) <= Date.now())
      return undefined;
    return { link, index: Number(index), version: Number(version) };
  }

  #sign(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
