import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Argument } from "commander";
import type { Spec } from "../command.ts";
import { KEY_OPTIONS, type ToldCard, cardKeys, checkCards } from "../health-cards.ts";

const SAID: Readonly<Record<ToldCard["state"], string>> = {
  holds:
    "Signature holds with a key given for this issuer: that says who signed, if it is the issuer's key, and not that it is right.",
  fails: "Signature does not hold: altered, or written by somebody else. Do not rely on it.",
  revoked: "Signed and taken back by its issuer. Do not rely on it.",
  unknownKey: "Signature not checked: the key that it names is not among those given for its issuer.",
  unchecked: "Signature not checked: no key was given for its issuer. Add --keys or --ask-issuer.",
  unreadable: "No SMART Health Card that can be read.",
};

const REVOCATION = {
  notListed: "It is not in the list of cards taken back that came with the keys.",
  unknown: "Whether the issuer took it back was not asked.",
};

function linesOf(card: ToldCard): string[] {
  if (card.state === "unreadable") return [`${SAID.unreadable} (${card.code})`];
  const { state, issuer, issued, expires, revocation } = card;
  const until = expires === null ? "" : `, counts until ${expires}`;
  const more = revocation === undefined ? [] : [`  ${REVOCATION[revocation]}`];
  return [`${issuer}, issued ${issued}${until}`, `  ${SAID[state]}`, ...more];
}

export const cardCommand: Spec = {
  name: "card verify",
  summary: "Read SMART Health Cards, and check who signed them. Exits with 1 unless every signature holds.",
  arguments: [new Argument("<file>", "a file of cards (.smart-health-card)")],
  options: KEY_OPTIONS,
  example: "vaccines.smart-health-card --keys jwks.json",
  async run(io, options, [file]) {
    const bytes = new Uint8Array(await readFile(resolve(io.cwd, file as string)));
    const [cards = []] = await checkCards([bytes], await cardKeys(io, options));
    return {
      json: { cards },
      lines: cards.flatMap(linesOf),
      exitCode: cards.every(({ state }) => state === "holds") ? 0 : 1,
    };
  },
};
